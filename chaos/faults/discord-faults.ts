import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../src/calendar/clock.ts';
import type { RequestFault } from '../fault-proxy.ts';
import { pickNumber, pickOne } from '../random.ts';
import { awaitSending, type Fault, leap } from './fault.ts';

/** Longer than the bot waits for an answer of Discord. */
const SILENCE_MS = 16_000;
/** The bot believes that a request has landed 17 s after it left; what is slow, and a busy machine, come on top. */
const LATEST_EFFECT_MS = 8_000;
const HTML = { 'content-type': 'text/html' };

const pickDrop = (random: Random): RequestFault => ({ kind: random() < 0.5 ? 'drop-before' : 'drop-after' });
const pickLate = (random: Random): RequestFault => ({
  kind: 'late',
  ms: pickNumber(random, 100, LATEST_EFFECT_MS),
});
const pickSlow = (random: Random): RequestFault => ({ kind: 'slow', ms: pickNumber(random, 200, 2_000) });
const SPOILS = [pickError, pickLimit, pickDrop, pickLate, pickSlow] as const;

/** What befalls requests to Discord. */
export const DISCORD_FAULTS: readonly Fault[] = [
  spoil('discord-errors', 'Discord answers that it has failed.', pickError),
  spoil('discord-limits', 'Discord says that others used up a limit.', pickLimit),
  spoil('discord-drops', 'The connection to Discord breaks before or after the effect.', pickDrop),
  spoil('discord-late', 'The connection breaks, and the effect comes seconds later.', pickLate),
  spoil('discord-silence', 'Discord does what it is asked and never answers.', () => ({
    kind: 'silence',
    ms: SILENCE_MS,
  })),
  spoil('discord-slow', 'Discord answers slowly.', pickSlow),
  spoil('discord-anything', 'Requests to Discord fail in all of these ways.', (random) =>
    pickOne(random, SPOILS)(random),
  ),
];

/** Spoils a share of the requests about channels and messages for a while. */
function spoil(name: string, says: string, pick: (random: Random) => RequestFault): Fault {
  return {
    name,
    says,
    weight: 1,
    lasts: [4_000, 14_000],
    async start(storm) {
      const { world, random, met } = storm;
      const share = name === 'discord-silence' ? 0.1 : 0.2 + random() * 0.7;
      let isMet = false;
      const stop = world.spoil('discord', ({ path }) => {
        if (random() >= share || !/\/channels\/|\/users\/@me|\/threads\//.test(path)) return undefined;
        if (!isMet) met();
        isMet = true;
        return pick(random);
      });
      // Where nothing is sent, nothing can go wrong.
      if (random() < 0.8) {
        leap(storm);
        await awaitSending(storm);
        await setTimeout(pickNumber(random, 0, 3_000));
      }
      return stop;
    },
  };
}

function pickError(random: Random): RequestFault {
  const status = pickOne(random, [500, 502, 503, 504]);
  if (status === 500)
    return { kind: 'answer', status, body: { code: 0, message: '500: Internal Server Error' } };
  return { kind: 'answer', status, body: '<html>Bad gateway</html>', headers: HTML };
}

function pickLimit(random: Random): RequestFault {
  const seconds = pickNumber(random, 1, 3);
  return {
    kind: 'answer',
    status: 429,
    body: { message: 'The resource is being rate limited.', retry_after: seconds, global: false },
    headers: { 'retry-after': String(seconds), 'x-ratelimit-scope': 'shared' },
  };
}
