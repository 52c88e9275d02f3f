import { expect, it } from 'vitest';
import { createInvalidRequests } from '../../../../src/discord/rest/invalid-requests.ts';
import { createScriptedClock } from '../../../support/scripted-clock.ts';

it('allows some in any ten minutes, and then nothing until the oldest is ten minutes old', async () => {
  const clock = createScriptedClock(0);
  const invalid = createInvalidRequests(clock, 3);

  expect(invalid.count()).toBe(0);
  await clock.passTo(60_000);
  expect(invalid.count()).toBe(0);
  await clock.passTo(90_000);
  expect(invalid.count()).toBe(510_000);
  await clock.passTo(600_000);
  expect(invalid.count()).toBe(60_000);
  await clock.passTo(1_300_000);
  expect(invalid.count()).toBe(0);
});

it('stops far from the 10,000 at which Discord shuts an address out', () => {
  const invalid = createInvalidRequests(createScriptedClock(0));

  const allowed = Array.from({ length: 10_000 }, () => invalid.count()).filter((ms) => ms === 0);

  expect(allowed.length).toBeLessThan(2_500);
});
