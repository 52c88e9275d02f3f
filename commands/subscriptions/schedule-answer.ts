import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { AnyReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { describeComing, describeSettings } from './describe-destination.ts';
import type { UnclearZone } from './read-schedule-change.ts';
import { buildZoneButtons } from './zone-choices.ts';

interface Settings {
  readonly headline: string;
  /** What is in the way. */
  readonly warnings?: readonly string[];
  readonly destination: Destination;
  readonly unclear?: UnclearZone | undefined;
  readonly mayChange: boolean;
}

/** Opens the form for when and how; `subscriptionId` of the topic whose answer it stands below, if any. */
export function buildChangeButton(
  destinationId: string,
  subscriptionId: string,
  { schedule }: Texts,
): APIButtonComponentWithCustomId {
  return buildButton(encodeCustomId('schedule-form', destinationId, subscriptionId), schedule.change);
}

/** When and how papers come to a destination, and a button for each zone that was perhaps meant. */
export function buildSettings(
  { headline, warnings = [], destination, unclear, mayChange }: Settings,
  { now, texts }: { readonly now: Instant; readonly texts: Texts },
): AnyReply {
  return buildPanel(
    [`### ${headline}`, ...describeSettings(destination, texts), ...warnings],
    [describeComing(destination, now, texts)],
    unclear === undefined
      ? []
      : [
          texts.schedule.whichZone(unclear.text),
          ...buildZoneButtons(unclear.zones, [destination.id, ''], { now, texts }),
        ],
    mayChange ? [buildRow(buildChangeButton(destination.id, '', texts))] : [],
  );
}
