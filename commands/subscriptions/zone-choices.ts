import { type FoundZone, presentZoneName, suggestZones } from '../../src/calendar/zone-names.ts';
import { type Instant, localTimeAt } from '../../src/calendar/zoned-time.ts';
import type { Choice } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { likelyZones } from '../../src/subscriptions/likely-zones.ts';
import { buildButton, buildRow, cut, type Row } from '../parts/message-parts.ts';
import type { ListPage } from './list-page.ts';

const CHOICES = 25;
const BUTTONS = 10;
const PER_ROW = 5;
const BUTTON_LENGTH = 80;

interface Showing {
  readonly now: Instant;
  readonly texts: Texts;
}

/** What a typed zone may mean, with the time there now; before anything is typed, zones of the locale. */
export function suggestZoneChoices(typed: string, locale: string, showing: Showing): readonly Choice[] {
  const found = typed.trim() === '' ? listLikelyZones(locale) : suggestZones(typed);
  return found.slice(0, CHOICES).map((one) => ({ name: cut(describeZone(one, showing)), value: one.zone }));
}

export function listLikelyZones(locale: string): readonly FoundZone[] {
  return likelyZones(locale).map((zone) => ({ zone }));
}

/** Such as `Munich · Europe/Berlin · 14:05 now`. */
export function describeZone({ zone, name }: FoundZone, { now, texts }: Showing): string {
  const words = [...(name === undefined ? [] : [name]), presentZoneName(zone)].join(' · ');
  return texts.schedule.zoneNow(words, localTimeAt(now, zone).minute);
}

/** A button for each zone that was perhaps meant, by the control `zone`. */
export function buildZoneButtons(
  zones: readonly string[],
  [destinationId, subscriptionId, ...from]: readonly [string, string, ...ListPage],
  showing: Showing,
): readonly Row[] {
  const buttons = zones.slice(0, BUTTONS).map((zone) => {
    return buildButton(
      encodeCustomId('zone', destinationId, subscriptionId, zone, ...from),
      cut(describeZone({ zone }, showing), BUTTON_LENGTH),
    );
  });
  const rows = Array.from({ length: Math.ceil(buttons.length / PER_ROW) }, (_, at) => at * PER_ROW);
  return rows.map((first) => buildRow(...buttons.slice(first, first + PER_ROW)));
}
