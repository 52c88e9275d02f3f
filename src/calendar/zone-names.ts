import { CITIES, COUNTRIES, MAIN_ZONES, SHORT_NAMES } from './zone-words.ts';
import { parseZone } from './zoned-time.ts';

/** A zone, with the name by which it was found where that is not its own, such as `Munich`. */
export interface FoundZone {
  /** IANA zone by its present name, or an offset such as `+05:30`. */
  readonly zone: string;
  readonly name?: string;
}

interface Named {
  readonly name: string;
  readonly zones: readonly string[];
}

/** The zone that a text surely means, such as `Berlin`, `EST`, `India` or `UTC+2`; else those that it may mean. */
export function readZone(text: string): string | readonly string[] {
  const exact = findExact(text).map(({ zone }) => zone);
  const [only, ...others] = exact;
  if (only !== undefined && others.length === 0) return only;
  return exact.length > 0 ? exact : findBegun(text).map(({ zone }) => zone);
}

/** A name as short as `LA` can still become a longer one. */
const SHORT = 3;

/** What a text means or begins to name, most likely first. */
export function suggestZones(typed: string): readonly FoundZone[] {
  const exact = findExact(typed);
  if (exact.length > 0 && fold(typed).length > SHORT) return exact;
  const zones = new Set(exact.map(({ zone }) => zone));
  return [...exact, ...findBegun(typed).filter(({ zone }) => !zones.has(zone))];
}

function findExact(text: string): readonly FoundZone[] {
  const words = fold(text);
  const offset = parseOffset(words);
  if (offset !== undefined) return [{ zone: offset }];
  const [place = '', ...around] = words.split(/\s*,\s*/);
  for (const part of [words.replaceAll(',', ''), place, ...around]) {
    const found = lookUp(part);
    if (found.length > 0) return found;
  }
  return [];
}

function lookUp(words: string): readonly FoundZone[] {
  const known = wordIndex().get(words);
  if (known !== undefined) return buildFound([known]);
  const path = words.replaceAll(' ', '_');
  if (path === '') return [];
  for (const area of ['', ...AREAS]) {
    const zone = parseZone(`${area}${path}`);
    if (zone !== undefined) return [{ zone: presentZoneName(zone) }];
  }
  return [];
}

/** Zones of which a name, or a later word of it, begins as typed. */
function findBegun(typed: string): readonly FoundZone[] {
  const words = fold(typed);
  if (words === '') return [];
  const entries = [...wordIndex()];
  const first = entries.filter(([key]) => key.startsWith(words));
  const later = entries.filter(([key]) => key.includes(` ${words}`) || key.includes(`/${words}`));
  return buildFound([...first, ...later].map(([, named]) => named));
}

/** Each zone once. */
function buildFound(all: readonly Named[]): readonly FoundZone[] {
  const found = new Map<string, FoundZone>();
  for (const { name, zones } of all) {
    for (const zone of zones.map(presentZoneName)) {
      const isOwnName = fold(zone).includes(fold(name));
      if (!found.has(zone)) found.set(zone, isOwnName ? { zone } : { zone, name });
    }
  }
  return [...found.values()];
}

const OFFSET = /^(?:utc|gmt)? ?([+-])(\d{1,2})(?::?([0-5]\d))?$/;
/** The clocks of the world are between UTC-12 and UTC+14. */
const FURTHEST = { '+': 14 * 60, '-': 12 * 60 };

function parseOffset(words: string): string | undefined {
  const [, sign, hours, minutes = '00'] = OFFSET.exec(words) ?? [];
  if (sign !== '+' && sign !== '-') return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  if (minute > FURTHEST[sign]) return undefined;
  return minute === 0 ? 'UTC' : `${sign}${String(Number(hours)).padStart(2, '0')}:${minutes}`;
}

/** One spelling for what people type: without case, accents, and words such as "time". */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}|['’().]/gu, '')
    .replaceAll(/[−–]/g, '-')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
    .replace(/(?:^| )(?:(?:standard|daylight|summer) )?time(?: ?zone)?$/, '');
}

/** Under which a name alone is looked for, also a former one: https://data.iana.org/time-zones/tzdb/backward */
const AREAS = ['Europe/', 'America/', 'Asia/', 'Africa/', 'Australia/', 'Pacific/', 'Atlantic/', 'Indian/'];

let index: ReadonlyMap<string, Named> | undefined;

/** By folded names; made at the first question, in 60 ms. Short names go before countries, and those before cities. */
function wordIndex(): ReadonlyMap<string, Named> {
  if (index !== undefined) return index;
  const made = new Map<string, Named>();
  const add = (name: string, zones: readonly string[]): void => {
    const key = fold(name);
    if (!made.has(key) && zones.length > 0) made.set(key, { name, zones });
  };
  for (const [name, zones] of Object.entries(SHORT_NAMES)) add(name, zones);
  for (const { names, zones } of listCountries()) for (const name of names) add(name, zones);
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const present = presentZoneName(zone);
    add(present.slice(present.lastIndexOf('/') + 1).replaceAll('_', ' '), [zone]);
    add(present, [zone]);
  }
  for (const [zone, names] of Object.entries(CITIES)) for (const name of names.split(', ')) add(name, [zone]);
  index = made;
  return made;
}

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

function listCountries(): readonly {
  readonly names: readonly string[];
  readonly zones: readonly string[];
}[] {
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).flatMap((code) => {
    const name = regions.of(code);
    const locale = new Intl.Locale(`und-${code}`);
    // A former code such as DD has become another one.
    if (name === undefined || locale.region !== code) return [];
    const zones = MAIN_ZONES[code] ?? locale.getTimeZones() ?? [];
    return [{ names: [name, ...(COUNTRIES[code] ?? [])], zones }];
  });
}

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

const IANA_OFFSET = /^([+-])0?(\d+):(\d\d)$/;

/** The name that people know a zone by: Europe/Kyiv for Europe/Kiev, UTC+5:30 for +05:30. */
export function presentZoneName(zone: string): string {
  const [, sign, hours, minutes] = IANA_OFFSET.exec(zone) ?? [];
  if (sign !== undefined) return `UTC${sign}${hours}${minutes === '00' ? '' : `:${minutes}`}`;
  return PRESENT_NAMES.get(zone) ?? zone;
}
