const ENGLISH = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Toronto',
  'America/Vancouver',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** Where speakers of each of Discord's locales live: https://docs.discord.com/developers/reference#locales */
const ZONES: Readonly<Record<string, readonly string[]>> = {
  'en-US': ENGLISH,
  'en-GB': ['Europe/London', 'Europe/Dublin', 'Asia/Kolkata', 'Asia/Singapore', 'Australia/Sydney'],
  id: ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'],
  da: ['Europe/Copenhagen'],
  de: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
  'es-ES': ['Europe/Madrid', 'Atlantic/Canary'],
  'es-419': [
    'America/Mexico_City',
    'America/Bogota',
    'America/Lima',
    'America/Santiago',
    'America/Argentina/Buenos_Aires',
    'America/Caracas',
  ],
  fr: ['Europe/Paris', 'Europe/Brussels', 'Europe/Zurich', 'America/Toronto', 'Africa/Casablanca'],
  hr: ['Europe/Zagreb'],
  it: ['Europe/Rome'],
  lt: ['Europe/Vilnius'],
  hu: ['Europe/Budapest'],
  nl: ['Europe/Amsterdam', 'Europe/Brussels'],
  no: ['Europe/Oslo'],
  pl: ['Europe/Warsaw'],
  'pt-BR': ['America/Sao_Paulo', 'America/Manaus', 'America/Fortaleza', 'Europe/Lisbon'],
  ro: ['Europe/Bucharest'],
  fi: ['Europe/Helsinki'],
  'sv-SE': ['Europe/Stockholm'],
  vi: ['Asia/Ho_Chi_Minh'],
  tr: ['Europe/Istanbul'],
  cs: ['Europe/Prague'],
  el: ['Europe/Athens'],
  bg: ['Europe/Sofia'],
  ru: ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok'],
  uk: ['Europe/Kyiv'],
  hi: ['Asia/Kolkata'],
  th: ['Asia/Bangkok'],
  'zh-CN': ['Asia/Shanghai', 'Asia/Singapore', 'America/Los_Angeles'],
  ja: ['Asia/Tokyo'],
  'zh-TW': ['Asia/Taipei', 'Asia/Hong_Kong'],
  ko: ['Asia/Seoul'],
};

/** Zones in which people with that Discord locale are likely to live, most likely first; never empty. */
export function likelyZones(locale: string | undefined): readonly string[] {
  return (locale === undefined || !Object.hasOwn(ZONES, locale) ? undefined : ZONES[locale]) ?? ENGLISH;
}

/** The zone to begin with: the locale's own where it has just one, else `fallback`. */
export function assumeZone(locale: string | undefined, fallback: string): string {
  const [zone, ...others] = likelyZones(locale);
  return zone !== undefined && others.length === 0 ? zone : fallback;
}
