import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../src/calendar/clock.ts';
import type { RequestFault } from '../bot/fault-proxy.ts';
import { pickNumber, pickOne } from '../random.ts';
import { awaitSending, type Fault, leap, SENDS, type Storm } from './fault.ts';

/** Longer than the bot waits for an answer of Discord. */
const SILENCE_MS = 16_000;
/** The bot believes that a request has landed 17 s after it left; what is slow, and a busy machine, come on top. */
const LATEST_EFFECT_MS = 8_000;
/** By then the bot has repeated a message under its nonce, which holds for two minutes of the replayed clock. */
const REPEATED_WITHIN_MS = 2_500;
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
  spoil(
    'proxy-answers',
    'A proxy answers in place of Discord, before or after the effect: 403, 400, 413, 502 with HTML.',
    (random) => ({
      kind: 'answer',
      status: pickOne(random, [400, 403, 413, 502]),
      body: '<html><h1>nginx</h1></html>',
      headers: HTML,
      hasEffect: random() < 0.5,
    }),
  ),
  spoil('discord-limits', 'Discord says that others used up a limit.', pickLimit),
  spoil('discord-drops', 'The connection to Discord breaks before or after the effect.', pickDrop),
  spoil('discord-late', 'The connection breaks, and the effect comes seconds later.', pickLate),
  {
    name: 'message-late',
    says: 'The connection breaks where a message is sent, which comes seconds later, and no hours pass meanwhile.',
    weight: 2,
    async start(storm) {
      const { world, random, met } = storm;
      const spoilt = new Set<string>();
      const stop = world.spoil('discord', ({ method, path }) => {
        if (method !== 'POST' || !SENDS.test(path) || spoilt.has(path)) return undefined;
        spoilt.add(path);
        return { kind: 'late', ms: pickNumber(random, REPEATED_WITHIN_MS, LATEST_EFFECT_MS) };
      });
      leap(storm);
      await awaitSending(storm);
      await setTimeout(REPEATED_WITHIN_MS);
      stop();
      if (spoilt.size > 0) met();
    },
  },
  spoil('discord-silence', 'Discord does what it is asked and never answers.', () => ({
    kind: 'silence',
    ms: SILENCE_MS,
  })),
  spoil('discord-slow', 'Discord answers slowly.', pickSlow),
  spoil('discord-anything', 'Requests to Discord fail in all of these ways.', (random) =>
    pickOne(random, SPOILS)(random),
  ),
  {
    name: 'channel-write-limit',
    says: 'People use up the write limit of a channel, which Discord says with 20028.',
    weight: 2,
    lasts: [3_000, 8_000],
    async start(storm) {
      const { world, met } = storm;
      const texts = world.channels.filter(({ kind }) => kind === 'text');
      let full: string | undefined;
      const stop = world.spoil('discord', ({ method, path }) => {
        const isOfText = texts.some(({ id }) => path.endsWith(`/channels/${id}/messages`));
        if (method !== 'POST' || !isOfText) return undefined;
        full ??= path;
        return path === full ? limitFor(2, { code: 20_028, scope: 'shared' }) : undefined;
      });
      const before = world.countRefusals(20_028);
      leap(storm);
      await awaitSending(storm);
      return () => {
        stop();
        if (world.countRefusals(20_028) > before) met();
      };
    },
  },
  {
    name: 'global-limit',
    says: 'Discord says that the bot sends too much altogether.',
    weight: 1,
    lasts: [2_000, 5_000],
    tells: 'request',
    start(storm) {
      return spoilOnce(storm, () => limitFor(pickNumber(storm.random, 1, 4), { scope: 'global' }));
    },
  },
  {
    name: 'cloudflare-1015',
    says: 'Cloudflare shuts the bot out until it is started again.',
    weight: 1,
    tells: 'request',
    async start(storm) {
      const { supervisor } = storm.world;
      const stop = await spoilOnce(storm, () => ({
        kind: 'answer',
        status: 429,
        body: '<html>Error 1015: you are being rate limited</html>',
        headers: { ...HTML, 'retry-after': '60' },
      }));
      await setTimeout(pickNumber(storm.random, 2_000, 6_000));
      stop();
      // It waits for a minute, which is longer than a calm.
      await supervisor.end('SIGTERM');
      await supervisor.start();
    },
  },
  {
    name: 'unauthorized-once',
    says: 'Discord refuses the token once.',
    weight: 1,
    lasts: [2_000, 4_000],
    tells: 'unauthorized',
    start: (storm) =>
      spoilOnce(storm, () => ({
        kind: 'answer',
        status: 401,
        body: { code: 0, message: '401: Unauthorized' },
      })),
  },
];

/** Spoils the next message that is sent; resolves when it is, or when it takes too long. */
async function spoilOnce(storm: Storm, build: () => RequestFault): Promise<() => void> {
  let isMet = false;
  const stop = storm.world.spoil('discord', ({ method, path }) => {
    if (isMet || method !== 'POST' || !SENDS.test(path)) return undefined;
    isMet = true;
    storm.met();
    return build();
  });
  leap(storm);
  await awaitSending(storm);
  return stop;
}

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
        if (random() >= share || !/\/channels\/|\/users\/@me|\/threads\/|\/scheduled-events/.test(path))
          return undefined;
        if (!isMet) met();
        isMet = true;
        return pick(random);
      });
      // Where nothing is sent, nothing can go wrong.
      if (random() < 0.8) {
        leap(storm);
        if (random() < 0.5) await awaitSending(storm);
      }
      return stop;
    },
  };
}

function pickError(random: Random): RequestFault {
  const status = pickOne(random, [500, 502, 503, 504]);
  if (status === 500)
    return {
      kind: 'answer',
      status,
      hasEffect: random() < 0.5,
      body: { code: 0, message: '500: Internal Server Error' },
    };
  return {
    kind: 'answer',
    status,
    body: '<html>Bad gateway</html>',
    headers: HTML,
    hasEffect: random() < 0.5,
  };
}

function pickLimit(random: Random): RequestFault {
  return limitFor(pickNumber(random, 1, 3), { scope: 'shared' });
}

function limitFor(
  seconds: number,
  { scope, code }: { readonly scope: 'shared' | 'global'; readonly code?: number },
): RequestFault {
  const global = scope === 'global';
  const message = 'You are being rate limited.';
  return {
    kind: 'answer',
    status: 429,
    body: { message, retry_after: seconds, global, ...(code === undefined ? {} : { code }) },
    headers: {
      'retry-after': String(seconds),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}
