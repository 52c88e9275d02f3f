import type { Random } from '../../src/calendar/clock.ts';
import type { RequestFault } from '../fault-proxy.ts';
import { pickNumber, pickOne } from '../random.ts';
import type { Fault } from './fault.ts';

const pickError = (random: Random): RequestFault => ({
  kind: 'answer',
  status: pickOne(random, [404, 500, 503]),
  body: { error: 'down' },
});
const pickDrop = (random: Random): RequestFault => ({
  kind: pickOne(random, ['drop-before', 'drop-after', 'cut-off']),
});
const pickSlow = (random: Random): RequestFault => ({ kind: 'slow', ms: pickNumber(random, 500, 4_000) });
const pickLimit = (): RequestFault => ({
  kind: 'answer',
  status: 429,
  body: { error: 'slow down' },
  headers: { RateLimit: '"api";r=0;t=2' },
});
const pickNonsense = (random: Random): RequestFault => ({
  kind: 'answer',
  status: 200,
  body: pickOne<unknown>(random, [[], '<html>not JSON', { error: 'another form' }, [{ paper: 1 }]]),
});
const SPOILS = [pickError, pickLimit, pickDrop, pickSlow, pickNonsense] as const;

/** What befalls requests to Hugging Face, and its lists. */
export const SOURCE_FAULTS: readonly Fault[] = [
  spoil('source-errors', 'Hugging Face fails.', pickError),
  spoil('source-limits', "Hugging Face's limit is used up.", pickLimit),
  spoil('source-drops', 'The connection to Hugging Face breaks, also in the middle of a list.', pickDrop),
  spoil('source-slow', 'Hugging Face answers slowly.', pickSlow),
  spoil('source-nonsense', 'Hugging Face answers with an empty list, HTML or another form.', pickNonsense),
  spoil('source-anything', 'Requests to Hugging Face fail in all of these ways.', (random) =>
    pickOne(random, SPOILS)(random),
  ),
];

/** Spoils a share of the requests for a while. */
function spoil(name: string, says: string, pick: (random: Random) => RequestFault): Fault {
  return {
    name,
    says,
    weight: 1,
    lasts: [2_000, 10_000],
    tells: 'source',
    start({ world, random, met }) {
      const share = 0.3 + random() * 0.7;
      let isMet = false;
      return world.spoil('source', () => {
        if (random() >= share) return undefined;
        if (!isMet) met();
        isMet = true;
        return pick(random);
      });
    },
  };
}
