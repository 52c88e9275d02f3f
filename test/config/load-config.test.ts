import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../config/load-config.ts';

const TOKEN = 'MTk4.CQ.abc-DEF_123';

function problemsOf(env: Record<string, string>, discord = true): ConfigError {
  try {
    loadConfig(env, { discord });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the settings', () => {
  it('need the token alone', () => {
    expect(loadConfig({ DISCORD_TOKEN: TOKEN }, { discord: true })).toEqual({
      topics: expect.any(Array),
      discordToken: TOKEN,
      hfEndpoint: new URL('https://huggingface.co'),
      databaseUrl: 'sqlite://data/paperboy.sqlite',
      archivePath: 'data/archive.sqlite',
      archiveSince: '2023-05-04',
      logLevel: 'info',
      defaultMinute: 540,
      defaultZone: 'UTC',
    });
  });

  it('need nothing where the bot does not log in', () => {
    expect(loadConfig({}, { discord: false }).discordToken).toBe('');
  });

  it('are read from their variables', () => {
    const env = {
      DISCORD_TOKEN: ` ${TOKEN}\n`,
      DISCORD_API_URL: 'http://127.0.0.1:4000/api',
      HF_ENDPOINT: 'https://mirror.example/hf',
      HF_TOKEN: 'hf_abc',
      DATABASE_URL: 'sqlite:///var/lib/paperboy.sqlite',
      ARCHIVE_PATH: '/var/lib/archive.sqlite',
      ARCHIVE_SINCE: '2025-01-01',
      LOG_LEVEL: 'DEBUG',
      HEALTH_PORT: '8080',
      HEALTH_HOST: '0.0.0.0',
      HEALTH_METRICS: 'Yes',
      DEFAULT_TIME: '21:30',
      DEFAULT_TIMEZONE: 'europe/berlin',
    };

    expect(loadConfig(env, { discord: true })).toEqual({
      topics: expect.any(Array),
      discordToken: TOKEN,
      discordApiUrl: 'http://127.0.0.1:4000/api',
      hfEndpoint: new URL('https://mirror.example/hf'),
      hfToken: 'hf_abc',
      databaseUrl: 'sqlite:///var/lib/paperboy.sqlite',
      archivePath: '/var/lib/archive.sqlite',
      archiveSince: '2025-01-01',
      logLevel: 'debug',
      health: { host: '0.0.0.0', port: 8080, metrics: true },
      defaultMinute: 1290,
      defaultZone: 'Europe/Berlin',
    });
  });

  it('that are empty count as unset', () => {
    const config = loadConfig(
      { DISCORD_TOKEN: TOKEN, HF_TOKEN: '', HF_ENDPOINT: '  ', DEFAULT_TIMEZONE: '' },
      { discord: true },
    );

    expect(config.hfToken).toBeUndefined();
    expect(config.hfEndpoint.href).toBe('https://huggingface.co/');
    expect(config.defaultZone).toBe('UTC');
  });

  it('of the example file are all known, and right as they stand', () => {
    const names = readFileSync('.env.example', 'utf8').match(/^[A-Z_]+(?==)/gm) ?? [];

    expect(names.toSorted()).toEqual([
      'ARCHIVE_PATH',
      'ARCHIVE_SINCE',
      'DATABASE_URL',
      'DEFAULT_TIME',
      'DEFAULT_TIMEZONE',
      'DISCORD_API_URL',
      'DISCORD_TOKEN',
      'HEALTH_HOST',
      'HEALTH_METRICS',
      'HEALTH_PORT',
      'HF_ENDPOINT',
      'HF_TOKEN',
      'LOG_LEVEL',
    ]);
  });
});

describe('a setting that cannot be used', () => {
  it.each([
    ['DISCORD_TOKEN', 'two words'],
    ['DISCORD_API_URL', 'discord.com'],
    ['HF_ENDPOINT', 'ftp://huggingface.co'],
    ['HF_TOKEN', 'hf_a\u00fc'],
    ['DATABASE_URL', 'mysql://host/papers'],
    ['DATABASE_URL', 'postgres://'],
    ['DATABASE_URL', 'postgres://bot:secret#word@host/papers'],
    ['DATABASE_URL', 'postgres://bot:12#word@host/papers'],
    ['DATABASE_URL', 'postgres://bot:secret/word@host/papers'],
    ['DATABASE_URL', 'postgres://bot:12/word@host/papers'],
    ['DATABASE_URL', 'postgres://bot:100%word@host/papers'],
    ['DATABASE_URL', 'postgres://bot@first,second/papers'],
    ['DATABASE_URL', 'sqlite://'],
    ['ARCHIVE_PATH', 'sqlite://data/archive.sqlite'],
    ['ARCHIVE_SINCE', '2026-02-30'],
    ['LOG_LEVEL', 'loud'],
    ['HEALTH_PORT', '65536'],
    ['HEALTH_PORT', 'eighty'],
    ['HEALTH_HOST', 'http://localhost'],
    ['HEALTH_METRICS', 'maybe'],
    ['DEFAULT_TIME', '25:00'],
    ['DEFAULT_TIME', 'instantly'],
    ['DEFAULT_TIMEZONE', 'Berlin-ish'],
  ])('%s=%s is named, and its value is not shown', (variable, value) => {
    const error = problemsOf({ DISCORD_TOKEN: TOKEN, [variable]: value });

    expect(error.problems.map((problem) => problem.variable)).toEqual([variable]);
    expect(error.message.split('\n').filter((line) => line.endsWith(`: ${value}`))).toEqual([]);
    expect(error.message).not.toContain('bot:');
  });

  it.each([
    'postgres://bot:100%25%23word@host:5432/papers?sslmode=verify-full',
    'postgresql://bot@[::1]/papers',
    'postgres:///papers?host=/var/run/postgresql',
    'postgres://bot@%2Fvar%2Frun%2Fpostgresql/papers',
  ])('is none of %s', (databaseUrl) => {
    const config = loadConfig({ DISCORD_TOKEN: TOKEN, DATABASE_URL: databaseUrl }, { discord: true });

    expect(config).toMatchObject({ databaseUrl });
  });

  it('is a missing port where metrics are asked for', () => {
    const [problem] = problemsOf({ DISCORD_TOKEN: TOKEN, HEALTH_METRICS: 'yes' }).problems;

    expect(problem).toMatchObject({
      variable: 'HEALTH_PORT',
      expected: expect.stringContaining('HEALTH_METRICS'),
    });
  });

  it('is listed with all the others', () => {
    const error = problemsOf({ HF_ENDPOINT: 'x', DEFAULT_TIME: 'x', LOG_LEVEL: 'x' });

    expect(error.problems.map(({ variable }) => variable)).toEqual([
      'DISCORD_TOKEN',
      'HF_ENDPOINT',
      'LOG_LEVEL',
      'DEFAULT_TIME',
    ]);
  });
});

it('does not show a token that cannot be used', () => {
  expect(problemsOf({ DISCORD_TOKEN: 'two words' }).message).not.toContain('two words');
});

describe('a missing token', () => {
  it('says how to get one, how to invite the bot, and how to do without', () => {
    const { message } = problemsOf({});

    expect(message).toContain('https://discord.com/developers/applications');
    expect(message).toContain(
      'https://discord.com/oauth2/authorize?client_id=…&scope=bot+applications.commands&permissions=580851377228800',
    );
    expect(message).toContain('npm run demo');
    expect(message).toMatch(/1\..*\n\s+2\.[\s\S]*\n\s+3\./);
  });
});
