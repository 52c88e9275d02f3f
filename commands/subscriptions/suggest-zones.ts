import type { Choice } from '../../src/discord/interactions/command.ts';
import { likelyZones } from '../../src/subscriptions/likely-zones.ts';
import { presentZoneName } from './present-zone-name.ts';

const LISTED = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((listed) => {
  const zone = presentZoneName(listed);
  return { zone, words: `${listed} ${zone}`.toLowerCase() };
});

/** Zones with what was typed in a present or former name; the likely ones of the locale before anything is typed. */
export function suggestZones(typed: string, locale: string): readonly Choice[] {
  const part = typed.trim().toLowerCase().replaceAll(/\s+/g, '_');
  const zones =
    part === ''
      ? likelyZones(locale)
      : LISTED.filter(({ words }) => words.includes(part)).map(({ zone }) => zone);
  return zones.slice(0, 25).map((zone) => ({ name: zone, value: zone }));
}
