import type { Choice } from '../../src/discord/interactions/command.ts';
import { likelyZones } from '../../src/subscriptions/likely-zones.ts';

/** Present names of zones that `Intl` lists by former ones: https://data.iana.org/time-zones/tzdb/backward */
const PRESENT_NAMES: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** The name that people know a zone by, such as Europe/Kyiv for Europe/Kiev. */
export function presentZoneName(zone: string): string {
  return PRESENT_NAMES.get(zone) ?? zone;
}

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
