import { setTimeout } from 'node:timers/promises';
import { HOUR_MS } from '../../src/calendar/zoned-time.ts';
import type { RequestFault } from '../bot/fault-proxy.ts';
import { awaitSending, count, type Fault, SENDS, type Storm } from './fault.ts';
import { pauseOverSlot } from './people-faults.ts';

const FAILURE: RequestFault = { kind: 'answer', status: 503, body: 'Service Unavailable' };
const FAILS_FOR_MS = 2_000;
/** Most of its slots have waited for longer than they wait for a collection. */
const SLEEP_MS = 12 * HOUR_MS;
const RESUMED = 4;
/** A burst of messages has as many under way by then as it will have. */
const AMID_MS = 400;

/** What a calm begins with. Nothing else goes wrong in it, so that only the bot's own waits hold anything up. */
export const CALM_FAULTS: readonly Pick<Fault, 'name' | 'says' | 'needs' | 'start'>[] = [
  {
    name: 'failure-before-calm',
    says: 'Discord takes no message for seconds, and then nothing goes wrong for a minute.',
    async start({ world, met }) {
      const stop = world.spoil('discord', ({ method, path }) =>
        method === 'POST' && SENDS.test(path) ? FAILURE : undefined,
      );
      const before = world.faults.discord;
      world.leap(SLEEP_MS);
      await awaitSending({ world });
      await setTimeout(FAILS_FOR_MS);
      if (world.faults.discord > before) met();
      stop();
    },
  },
  {
    name: 'calm-without-source',
    says: 'Hugging Face fails for longer than a slot waits for it, and nothing else goes wrong.',
    start({ world, met }) {
      met();
      const stop = world.spoil('source', () => FAILURE);
      world.leap(SLEEP_MS);
      return stop;
    },
  },
  {
    name: 'resumed-before-calm',
    says: 'Somebody pauses channels and resumes them a little after their slots, and then nothing goes wrong.',
    async start(storm) {
      for (let times = 0; times < RESUMED; times += 1) await pauseOverSlot(storm);
    },
  },
  {
    name: 'leader-killed-before-calm',
    says: 'The leader is killed amid its messages, and nothing befalls the one that goes on with them.',
    needs: 'replicas',
    async start({ world, met }) {
      world.leap(SLEEP_MS);
      await awaitSending({ world });
      await setTimeout(AMID_MS);
      await world.supervisor.end('SIGKILL');
      met();
      await world.supervisor.start();
    },
  },
];

/** A calm of `ms`, which begins with another of `faults` at each `turn`. */
export async function passCalm(
  { world, random, tally }: Pick<Storm, 'world' | 'random' | 'tally'>,
  { ms, turn, faults }: { readonly ms: number; readonly turn: number; readonly faults: typeof CALM_FAULTS },
): Promise<void> {
  const over = setTimeout(ms);
  const fault = faults[turn % faults.length];
  if (fault === undefined) return over;
  const met = () => count(tally, fault.name);
  const stop = await fault.start({ world, random, tally, met, until: Date.now() + ms, running: new Set() });
  await over;
  await stop?.();
}
