import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { describeSettings } from './describe-destination.ts';
import type { UnclearZone } from './read-schedule-change.ts';
import { buildZoneButtons } from './zone-choices.ts';

interface Settings {
  /** What was done, and what is in the way. */
  readonly headlines: readonly string[];
  readonly destination: Destination;
  readonly unclear?: UnclearZone | undefined;
  readonly mayChange: boolean;
}

/** Opens the form for when and how; `subscriptionId` of the topic whose answer it stands below, if any. */
export function buildChangeButton(destinationId: string, subscriptionId: string, { schedule }: Texts) {
  return buildButton(encodeCustomId('schedule-form', destinationId, subscriptionId), schedule.change);
}

/** When and how papers come to a destination, and a button for each zone that was perhaps meant. */
export function buildSettings(
  { headlines, destination, unclear, mayChange }: Settings,
  { now, texts }: { readonly now: Instant; readonly texts: Texts },
): Reply {
  const settings = describeSettings(headlines.join('\n'), { destination, now, texts });
  const zones =
    unclear === undefined ? [] : buildZoneButtons(unclear.zones, [destination.id, ''], { now, texts });
  return {
    content: unclear === undefined ? settings : `${settings}\n\n${texts.schedule.whichZone(unclear.text)}`,
    components: [...zones, ...(mayChange ? [buildRow(buildChangeButton(destination.id, '', texts))] : [])],
  };
}
