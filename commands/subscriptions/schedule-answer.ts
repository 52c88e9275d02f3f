import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { Reply } from '../../src/discord/interactions/command.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { describeSettings } from './describe-destination.ts';
import type { UnclearZone } from './read-schedule-change.ts';
import { buildZoneButtons } from './zone-choices.ts';

interface Settings {
  /** What was done, and what is in the way. */
  readonly headlines: readonly string[];
  readonly destination: Destination;
  readonly unclear?: UnclearZone | undefined;
}

/** When and how papers come to a destination, and a button for each zone that was perhaps meant. */
export function buildSettings(
  { headlines, destination, unclear }: Settings,
  { now, texts }: { readonly now: Instant; readonly texts: Texts },
): Reply {
  const settings = describeSettings(headlines.join('\n'), { destination, now, texts });
  if (unclear === undefined) return { content: settings };
  return {
    content: `${settings}\n\n${texts.schedule.whichZone(unclear.text)}`,
    components: [...buildZoneButtons(unclear.zones, [destination.id, ''], { now, texts })],
  };
}
