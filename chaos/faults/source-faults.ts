import type { Random } from '../../src/calendar/clock.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { RequestFault } from '../bot/fault-proxy.ts';
import { pickNumber, pickOne } from '../random.ts';
import { type Fault, leap } from './fault.ts';

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
  {
    name: 'slow-after-sleep',
    says: 'The machine sleeps for hours, and Hugging Face answers slowly when it wakes.',
    weight: 1,
    lasts: [4_000, 10_000],
    tells: 'source',
    start(storm) {
      const { world, random, met } = storm;
      let isMet = false;
      const end = world.spoil('source', () => {
        if (!isMet) met();
        isMet = true;
        return { kind: 'slow', ms: pickNumber(random, 1_500, 4_000) };
      });
      leap(storm);
      return end;
    },
  },
  {
    name: 'old-day-refused',
    says: 'Hugging Face refuses the days before yesterday.',
    weight: 1,
    lasts: [4_000, 12_000],
    start(storm) {
      const { world, met } = storm;
      let isMet = false;
      const stop = world.spoil('source', ({ path }) => {
        const day = dayIn(path);
        if (day === undefined || day >= addDays(listDayAt(world.timeline.now()), -1)) return undefined;
        if (!isMet) met();
        isMet = true;
        return { kind: 'answer', status: 400, body: { error: '✖ Too small: date is too old\n  → at date' } };
      });
      leap(storm);
      return stop;
    },
  },
  {
    name: 'papers-lost',
    says: 'Hugging Face loses papers of its lists, and has them again later.',
    weight: 1,
    lasts: [3_000, 12_000],
    start(storm) {
      const { world, random, met } = storm;
      const listed = [...world.source.listsNow().values()].flat().map(({ paper }) => paper.id);
      const ids = listed.filter(() => random() < 0.3);
      if (ids.length > 0) met();
      leap(storm);
      return world.source.losePapers(ids);
    },
  },
  {
    name: 'paper-moved',
    says: 'Hugging Face moves a paper of an earlier day to today.',
    weight: 1,
    start({ world: { source, timeline }, random, met }) {
      const today = listDayAt(timeline.now());
      const earlier = [...source.listsNow()].filter(([day]) => day < today).flatMap(([, items]) => items);
      const moved = earlier[pickNumber(random, 0, earlier.length - 1)];
      if (moved === undefined) return;
      met();
      source.movePaper(moved.paper.id, today);
    },
  },
  {
    name: 'old-list',
    says: 'Hugging Face answers from a cache with the lists of hours ago.',
    weight: 1,
    lasts: [3_000, 10_000],
    start(storm) {
      const { world, met } = storm;
      const old = world.source.listsNow();
      leap(storm);
      let isMet = false;
      return world.spoil('source', ({ path }) => {
        const body = old.get(dayIn(path) ?? '');
        if (body === undefined || body.length > PAGE) return undefined;
        if (!isMet) met();
        isMet = true;
        return { kind: 'answer', status: 200, body };
      });
    },
  },
];

/** How many papers Hugging Face answers with at once. */
const PAGE = 100;

/** The day whose list a request asks for. */
function dayIn(path: string): string | undefined {
  return /^\/api\/daily_papers\?date=([\d-]+)/.exec(path)?.[1];
}

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
