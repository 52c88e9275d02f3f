import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { AnyReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { describeComing, describeSettings } from './describe-destination.ts';
import { buildBackButtons, type ListPage } from './list-page.ts';
import type { UnclearZone } from './read-schedule-change.ts';
import { buildZoneButtons } from './zone-choices.ts';

interface Settings {
  readonly headline: string;
  /** What is in the way. */
  readonly warnings?: readonly string[];
  readonly destination: Destination;
  readonly unclear?: UnclearZone | undefined;
  readonly mayChange: boolean;
  readonly from?: ListPage;
}

/** Opens the form for when and how; `subscriptionId` is of the topic whose answer it stands below, if any. */
export function buildChangeButton(
  values: readonly [destinationId: string, subscriptionId: string, ...from: ListPage],
  { schedule }: Texts,
): APIButtonComponentWithCustomId {
  return buildButton(encodeCustomId('schedule-form', ...values), schedule.change);
}

/** When and how papers come to a destination, and a button for each zone that was perhaps meant. */
export function buildSettings(
  { headline, warnings = [], destination, unclear, mayChange, from = [] }: Settings,
  { now, texts }: { readonly now: Instant; readonly texts: Texts },
): AnyReply {
  const buttons = [
    ...(mayChange ? [buildChangeButton([destination.id, '', ...from], texts)] : []),
    ...buildBackButtons(from, texts),
  ];
  return buildPanel(
    [`### ${headline}`, ...describeSettings(destination, texts), ...warnings],
    [describeComing(destination, now, texts)],
    unclear === undefined
      ? []
      : [
          texts.schedule.whichZone(unclear.text),
          ...buildZoneButtons(unclear.zones, [destination.id, '', ...from], { now, texts }),
        ],
    buttons.length === 0 ? [] : [buildRow(...buttons)],
  );
}
