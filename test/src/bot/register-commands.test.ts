import { expect, it } from 'vitest';
import { createCommandRegistration } from '../../../src/bot/register-commands.ts';
import { StorageError } from '../../../src/errors.ts';
import { AskedToWaitError } from '../../../src/discord/rest/request-errors.ts';
import { createScriptedClock, letRun } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';

const HOUR_MS = 3_600_000;

/** The answers of Discord to each try; a try that has none of them is never answered. */
function open(...answers: readonly (Error | 'registered')[]) {
  const clock = createScriptedClock(0);
  const { log, logged } = createTestLog();
  const stopping = new AbortController();
  const left = [...answers];
  const registration = createCommandRegistration({ clock, random: () => 1, log, signal: stopping.signal });
  const started = registration.register({
    async registerCommands() {
      const answer = left.shift();
      if (answer === undefined) await new Promise(() => undefined);
      if (answer instanceof Error) throw answer;
    },
  });
  return { clock, logged, stopping, registration, started };
}

it('a start goes on when Discord asks to wait an hour, says so, and registers the commands then', async () => {
  const { clock, logged, registration, started } = open(new AskedToWaitError(HOUR_MS), 'registered');

  await started;

  expect(registration.status()).toEqual({ areRegistered: false, reason: 'Discord asks to wait' });
  expect(logged).toEqual([
    {
      level: 'warn',
      message: 'the commands cannot be registered, trying again',
      fields: { delay: HOUR_MS + 2_000, reason: 'Discord asks to wait' },
    },
  ]);
  await clock.passTo(HOUR_MS + 2_000);
  expect(registration.status()).toEqual({ areRegistered: true });
});

it('a ledger that is held by another program is tried again', async () => {
  const { clock, registration, started } = open(new StorageError('The ledger is held.'), 'registered');

  await started;
  await clock.passTo(2_000);

  expect(registration.status()).toEqual({ areRegistered: true });
});

it('commands that Discord refuses for good are an error in the log, and digests go on', async () => {
  const { logged, registration, started } = open(new Error('Invalid Form Body'));

  await started;

  expect(registration.status()).toEqual({ areRegistered: false, reason: 'Invalid Form Body' });
  expect(logged).toMatchObject([{ level: 'error', message: 'the commands are not registered' }]);
});

it('a stop waits for no answer to the commands, and is no error', async () => {
  const { logged, stopping, started } = open();
  await letRun();

  stopping.abort();

  await started;
  expect(logged).toEqual([]);
});
