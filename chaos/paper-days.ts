import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Random } from '../src/calendar/clock.ts';
import { isWeekend, type ListDay, listDayEnd, listDayStart } from '../src/calendar/list-day.ts';
import { addDays, HOUR_MS, type Instant } from '../src/calendar/zoned-time.ts';
import { pickNumber, pickOne } from './random.ts';
import { type Item, RecordedLine } from './schema.ts';

/** A paper of the run: what becomes of it, and when. */
export interface StoredPaper {
  readonly item: Item;
  readonly day: ListDay;
  readonly listedAt: Instant;
  /** When its code is out, where that comes late; otherwise it is there from the start, or never. */
  readonly codeAt?: Instant;
  /** Hugging Face moves some to a later day. */
  readonly moved?: { readonly to: ListDay; readonly at: Instant };
}

const RECORDED = '../shared/data/huggingface/archive/daily-items-2024-03_2026-05.jsonl.gz';
const NOUNS = [
  'diffusion',
  'agents',
  'reasoning',
  'video',
  'retrieval',
  'robotics',
  'speech',
  'pruning',
] as const;
const KINDS = ['benchmark', 'survey', 'model', 'dataset', 'framework'] as const;
/** What becomes of the papers that people follow. */
const LATE_CODE_SHARE = 0.5;
const LATEST_CODE = 48 * HOUR_MS;
const HIT_SHARE = 0.25;
const VOTES_OF_HIT = 150;
/** Half of the votes that a paper ever gets have come after this time. */
const HALF_OF_VOTES = 6 * HOUR_MS;

/** The papers of the list days from `first` to `last`: recorded ones where they are at hand, made-up ones otherwise. */
export function loadPapers(options: {
  readonly first: ListDay;
  readonly last: ListDay;
  readonly random: Random;
}): readonly StoredPaper[] {
  const { first, last, random } = options;
  const items = existsSync(RECORDED) ? readRecorded(first, last) : makeUp(first, last, random);
  return items.map(({ day, item }) => addFate(schedulePaper(day, item, random), random));
}

interface DayItem {
  readonly day: ListDay;
  readonly item: Item;
}

function readRecorded(first: ListDay, last: ListDay): readonly DayItem[] {
  return gunzipSync(readFileSync(RECORDED))
    .toString()
    .split('\n')
    .filter((line) => {
      const day = line.slice(9, 19);
      return day >= first && day <= last;
    })
    .map((line) => RecordedLine.parse(line))
    .map(({ date, item }) => ({ day: date, item }));
}

function makeUp(first: ListDay, last: ListDay, random: Random): readonly DayItem[] {
  const made: DayItem[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (isWeekend(day)) continue;
    const count = pickNumber(random, 8, 40);
    for (let index = 1; index <= count; index += 1) made.push({ day, item: makeUpItem(day, index, random) });
  }
  return made;
}

export function makeUpItem(day: ListDay, index: number, random: Random): Item {
  const id = `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}${String(index).padStart(3, '0')}`;
  const noun = pickOne(random, NOUNS);
  const kind = pickOne(random, KINDS);
  return {
    paper: {
      id,
      title: `A ${kind} for ${noun}, number ${index}`,
      summary: `What a ${kind} says about ${noun} and ${pickOne(random, NOUNS)}.`,
      authors: [{ name: 'Ada Lovelace', hidden: false }],
      publishedAt: `${day}T00:00:00.000Z`,
      upvotes: Math.floor(80 * random() ** 3),
    },
    numComments: 0,
  };
}

/** Most are listed early in their day, some after it has ended. */
function schedulePaper(day: ListDay, item: Item, random: Random): StoredPaper {
  const start = listDayStart(day);
  const length = listDayEnd(day) - start;
  const kind = random();
  const share = random();
  const listedAt = Math.floor(
    kind < 0.7
      ? start + share * length * 0.3
      : kind < 0.93
        ? start + share * length
        : start + length * (1 + share),
  );
  if (random() > 0.04) return { item, day, listedAt };
  const at = listedAt + Math.floor((1 + random() * 20) * HOUR_MS);
  return { item, day, listedAt, moved: { to: addDays(day, pickNumber(random, 1, 3)), at } };
}

/** Some get their code late, and some more votes than recorded ones have on their first day. */
function addFate(paper: StoredPaper, random: Random): StoredPaper {
  const { item, listedAt } = paper;
  const upvotes = item.paper.upvotes + (random() < HIT_SHARE ? VOTES_OF_HIT : 0);
  const codeAt = listedAt + Math.floor(random() * LATEST_CODE);
  const isLate = random() < LATE_CODE_SHARE;
  const fated = { ...item, paper: { ...item.paper, upvotes } };
  return { ...paper, item: fated, ...(isLate ? { codeAt } : {}) };
}

/** The papers that were listed last at an instant, the newest first. */
export function newestAt(papers: readonly StoredPaper[], now: Instant, count: number): readonly string[] {
  return papers
    .filter(({ listedAt }) => listedAt <= now)
    .toSorted((a, b) => b.listedAt - a.listedAt)
    .slice(0, count)
    .map(({ item }) => item.paper.id);
}

/** What Hugging Face lists at an instant, by list day. */
export function listAt(papers: readonly StoredPaper[], now: Instant): ReadonlyMap<ListDay, readonly Item[]> {
  const days = new Map<ListDay, Item[]>();
  for (const { item, day, listedAt, codeAt, moved } of papers) {
    if (listedAt > now) continue;
    const on = moved !== undefined && moved.at <= now ? moved.to : day;
    const age = now - listedAt;
    const upvotes = Math.floor(item.paper.upvotes * (1 - 2 ** (-age / HALF_OF_VOTES)));
    const submittedOnDailyAt = `${on}T00:00:00.000Z`;
    const list = days.get(on) ?? [];
    const code = codeAt === undefined ? {} : { githubRepo: codeAt > now ? null : codeOf(item) };
    list.push({ ...item, paper: { ...item.paper, ...code, upvotes, submittedOnDailyAt } });
    days.set(on, list);
  }
  return days;
}

function codeOf({ paper: { id, githubRepo } }: Item): string {
  return githubRepo ?? `https://github.com/example/paper-${id}`;
}
