import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { SourceError, StorageError } from '../../src/errors.ts';
import { createLogger, createReadableLines } from '../../src/logger.ts';

function logged(fields: object): string {
  let text = '';
  const logger = createLogger('info', { write: (line) => void (text += line) });
  logger.info(fields, 'it happened');
  return text;
}

describe('the log', () => {
  it('has of an error its name, words, code and causes', () => {
    const cause = Object.assign(new Error('disk full'), { errcode: 13 });

    const line = logged({ err: new StorageError('The ledger could not be written.', cause) });

    expect(JSON.parse(line)).toMatchObject({
      msg: 'it happened',
      err: {
        type: 'StorageError',
        message: 'The ledger could not be written.',
        cause: { message: 'disk full', errcode: 13 },
      },
    });
    expect(logged({ err: new SourceError('Hugging Face', 'timeout') })).toContain('"reason":"timeout"');
  });

  it('has none of what people wrote or of the address that was asked', () => {
    const error = Object.assign(new Error('Invalid Form Body'), {
      status: 400,
      code: 50_035,
      url: 'https://discord.com/api/v10/interactions/1/secret-of-the-interaction/callback',
      requestBody: { json: { content: 'words of a person' } },
    });

    const line = logged({ err: new Error('not sent', { cause: error }) });

    expect(line).toContain('50035');
    expect(line).not.toMatch(/secret-of-the-interaction|words of a person/);
  });

  it.each([
    { token: 'secret' },
    { config: { discordToken: 'secret', hfToken: 'secret' } },
    { request: { headers: { authorization: 'Bearer secret' } } },
  ])('hides the tokens in %j', (fields) => {
    expect(logged(fields)).not.toContain('secret');
  });

  it.each([undefined, null, 'words', 7])('takes %j for an error as well', (err) => {
    expect(logged({ err })).toContain('it happened');
  });

  it('ends where causes go round', () => {
    const error = new Error('one');
    error.cause = error;

    expect(logged({ err: error })).toContain('it happened');
  });
});

describe('a log that cannot be written', () => {
  const MODULE = JSON.stringify(new URL('../../src/logger.ts', import.meta.url).href);
  const PROCESS = `
    import { createLogger } from ${MODULE};
    const logger = createLogger('info');
    let ticks = 0;
    setInterval(() => {
      for (let n = 0; n < 2000; n += 1) logger.info({ days: 1 }, 'collected');
      process.stderr.write('tick ');
      ticks += 1;
      if (ticks < 3) return;
      logger.fatal({}, 'over');
      process.exit(1);
    }, 50);
  `;
  let child: ReturnType<typeof spawn> | undefined;
  let full: number | undefined;

  afterEach(() => {
    child?.kill('SIGKILL');
    if (full !== undefined) closeSync(full);
    full = undefined;
  });

  it.each(['on a full disk', 'as nobody reads it', 'as its reader is gone'])(
    '%s holds up neither the process nor its end',
    async (why) => {
      if (why === 'on a full disk') full = openSync('/dev/full', 'w');
      child = spawn(process.execPath, ['--input-type=module', '-e', PROCESS], {
        stdio: ['ignore', full ?? 'pipe', 'pipe'],
      });
      if (why === 'as its reader is gone') child.stdout?.destroy();
      let ticks = '';
      child.stderr?.on('data', (chunk: Buffer) => (ticks += chunk.toString()));

      expect(await once(child, 'exit')).toEqual([1, null]);
      expect(ticks).toBe('tick tick tick ');
    },
  );
});

describe('the log at a terminal', () => {
  function readable(write: (logger: ReturnType<typeof createLogger>) => void): string {
    let text = '';
    write(
      createLogger(
        'info',
        createReadableLines((line) => void (text += line)),
      ),
    );
    return text;
  }

  it('has the time, the level, what happened and its fields in a line for people', () => {
    const text = readable((logger) =>
      logger.warn({ day: '2026-06-09', dropped: 2 }, 'unreadable papers dropped'),
    );

    expect(text).toMatch(/^\d\d:\d\d:\d\d warn unreadable papers dropped day=2026-06-09 dropped=2\n$/);
  });

  it('has the stack of an error below, and no token', () => {
    const text = readable((logger) => logger.error({ err: new Error('disk full'), token: 'abc' }, 'failed'));

    expect(text).toMatch(/ error failed token=\[Redacted\]\nError: disk full\n    at /);
  });

  it('has what ends the bot apart from the rest, with its reasons and no stack', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:5432');
    const err = new StorageError('The database of DATABASE_URL could not be opened.', cause);

    const text = readable((logger) => logger.fatal({ err }, 'could not start'));

    expect(text).toMatch(/^\n\d\d:\d\d:\d\d FATAL could not start\n {2}The database .*\n {2}connect .*\n\n$/);
  });
});
