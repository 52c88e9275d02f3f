import { z } from 'zod';
import { isHttpUrl, isPostgresUrl, parseMinute } from './parse-setting.ts';
import { FIRST_LIST_DAY, type ListDay } from '../src/calendar/list-day.ts';
import { isDay } from '../src/calendar/is-day.ts';
import { parseZone } from '../src/calendar/zoned-time.ts';
import type { BuiltInTopic } from '../src/topics/topic.ts';

/** A setting with a default, read by `parse`; `hint` says what to put there, and never shows the value. */
function setting<T>(fallback: string, parse: (text: string) => T | undefined, hint: string) {
  return z
    .string()
    .default(fallback)
    .transform((text, context): T => {
      const value = parse(text.trim());
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: hint });
      return z.NEVER;
    });
}

const port = (text: string) => (/^\d{1,5}$/.test(text) && +text >= 1 && +text <= 65_535 ? +text : undefined);
const url = (text: string) => (isHttpUrl(text) ? new URL(text) : undefined);
const token = z.string().regex(/^\s*[!-~]+\s*$/, 'a token: one line without spaces');
const trimmed = token.transform((text) => text.trim());
const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['no', false],
]);
const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** The variables by name, to the settings they give. */
export const Environment = z
  .object({
    DISCORD_TOKEN: trimmed.optional(),
    DISCORD_API_URL: z
      .string()
      .refine((text) => isHttpUrl(text.trim()), 'an address that starts with https:// or http://')
      .transform((text) => text.trim())
      .optional(),
    HF_ENDPOINT: setting(
      'https://huggingface.co',
      url,
      'an address that starts with https:// or http://, such as https://huggingface.co',
    ),
    HF_TOKEN: trimmed.optional(),
    DATABASE_URL: setting(
      'sqlite://data/paperboy.sqlite',
      (text) => (/^sqlite:\/\/./.test(text) || isPostgresUrl(text) ? text : undefined),
      'sqlite:// and the path of a file, such as sqlite://data/paperboy.sqlite, or the address of a PostgreSQL database, such as postgres://user:password@host:5432/database: of one host, and with signs in the password as in %23 for #',
    ),
    ARCHIVE_PATH: setting(
      'data/archive.sqlite',
      (text) => (text.includes('://') ? undefined : text),
      'the path of a file, such as data/archive.sqlite',
    ),
    ARCHIVE_SINCE: setting(
      FIRST_LIST_DAY,
      (text) => (isDay(text) ? text : undefined),
      `a day, such as ${FIRST_LIST_DAY}, of which the first list is`,
    ),
    LOG_LEVEL: setting(
      'info',
      (text) => LogLevel.safeParse(text.toLowerCase()).data,
      `one of ${LogLevel.options.join(', ')}`,
    ),
    HEALTH_PORT: z
      .string()
      .transform((text, context) => {
        const read = port(text.trim());
        if (read === undefined) context.addIssue({ code: 'custom', message: 'a port from 1 to 65535' });
        return read ?? z.NEVER;
      })
      .optional(),
    HEALTH_HOST: setting(
      '127.0.0.1',
      (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
      'the address of a network interface, such as 127.0.0.1 or 0.0.0.0',
    ),
    HEALTH_METRICS: setting('no', (text) => YES_OR_NO.get(text.toLowerCase()), 'yes or no'),
    DEFAULT_TIME: setting('09:00', parseMinute, 'a time of day, such as 09:00'),
    DEFAULT_TIMEZONE: setting('UTC', parseZone, 'a zone by its IANA name, such as Europe/Berlin or UTC'),
  })
  .refine(({ HEALTH_METRICS, HEALTH_PORT }) => !HEALTH_METRICS || HEALTH_PORT !== undefined, {
    path: ['HEALTH_PORT'],
    message: 'a port from 1 to 65535, on which HEALTH_METRICS are to be had',
  })
  .transform((read) => ({
    discordToken: read.DISCORD_TOKEN ?? '',
    ...(read.DISCORD_API_URL === undefined ? {} : { discordApiUrl: read.DISCORD_API_URL }),
    hfEndpoint: read.HF_ENDPOINT,
    ...(read.HF_TOKEN === undefined ? {} : { hfToken: read.HF_TOKEN }),
    databaseUrl: read.DATABASE_URL,
    archivePath: read.ARCHIVE_PATH,
    archiveSince: read.ARCHIVE_SINCE,
    logLevel: read.LOG_LEVEL,
    ...(read.HEALTH_PORT === undefined
      ? {}
      : { health: { host: read.HEALTH_HOST, port: read.HEALTH_PORT, metrics: read.HEALTH_METRICS } }),
    defaultMinute: read.DEFAULT_TIME,
    defaultZone: read.DEFAULT_TIMEZONE,
  }));

export interface Config {
  readonly topics: readonly BuiltInTopic[];
  /** Empty where the bot does not log in to Discord. */
  readonly discordToken: string;
  readonly discordApiUrl?: string;
  readonly hfEndpoint: URL;
  readonly hfToken?: string;
  readonly databaseUrl: string;
  readonly archivePath: string;
  /** The oldest list day that the bot collects by itself. */
  readonly archiveSince: ListDay;
  readonly logLevel: string;
  /** Where to answer `GET /health`; nowhere when absent. */
  readonly health?: {
    readonly host: string;
    readonly port: number;
    /** Whether `GET /metrics` is answered there, too. */
    readonly metrics: boolean;
  };
  readonly defaultMinute: number;
  readonly defaultZone: string;
}
