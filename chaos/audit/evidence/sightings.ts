import type { Day, Instant } from '../calendar.ts';
import type { Disturbance, History, ListedPaper } from '../history.ts';

/** What the bot can know of a paper at an instant, from what Hugging Face gave it. */
export interface Sighting {
  /** Real. */
  readonly at: Instant;
  readonly listDay: Day;
  readonly upvotes: number;
  readonly hasCode: boolean;
  readonly stars: number;
  readonly comments: number;
  /** The bot lived on undisturbed for long enough to have kept it. */
  readonly isSure: boolean;
}

export interface SeenPaper extends Pick<
  ListedPaper,
  'id' | 'text' | 'names' | 'title' | 'abstract' | 'summary' | 'by'
> {
  /** In order of time. */
  readonly sightings: readonly Sighting[];
  /** The newest list day of all of them. */
  readonly newestDay: Day;
}

/** How long the bot may take from an answer to what it keeps of it. */
export const KEPT_WITHIN_MS = 4_000;
/** What keeps an answer from being kept. */
const SPOILERS = new Set(['down', 'storage']);

export function collectSightings(history: History): ReadonlyMap<string, SeenPaper> {
  const spoilers = history.disturbances.filter(({ kind }) => SPOILERS.has(kind));
  const papers = new Map<string, Omit<SeenPaper, 'sightings' | 'newestDay'> & { sightings: Sighting[] }>();
  for (const { at, papers: listed } of history.listings.toSorted((a, b) => a.at - b.at)) {
    const isSure = !isSpoilt(spoilers, at);
    for (const paper of listed) {
      const seen = papers.get(paper.id) ?? { ...paper, sightings: [] };
      seen.sightings.push(sight(paper, at, isSure));
      papers.set(paper.id, seen);
    }
  }
  for (const { at, paper } of history.visits) {
    const sightings = papers.get(paper.id)?.sightings;
    sightings?.push(sight(paper, at, false));
    sightings?.sort((a, b) => a.at - b.at);
  }
  return new Map([...papers].map(([id, seen]) => [id, { ...seen, newestDay: newestDay(seen.sightings) }]));
}

function sight(
  { listDay, upvotes, hasCode, stars, comments }: ListedPaper,
  at: Instant,
  isSure: boolean,
): Sighting {
  return { at, listDay, upvotes, hasCode, stars, comments, isSure };
}

function isSpoilt(spoilers: readonly Disturbance[], at: Instant): boolean {
  return spoilers.some(({ from, to }) => from < at + KEPT_WITHIN_MS && to > at);
}

/**
 * The votes and the code that the archive surely has at `at`, and the list day that it goes by, the newest, or a later
 * one; undefined before it surely has the paper.
 */
export function sureKnowledge(
  { sightings }: SeenPaper,
  at: Instant,
  archiveLostAt: readonly Instant[],
): Pick<Sighting, 'upvotes' | 'hasCode' | 'listDay'> | undefined {
  const lost = archiveLostAt.findLast((instant) => instant <= at) ?? -Infinity;
  const kept = sightings.filter((one) => one.isSure && one.at > lost && one.at + KEPT_WITHIN_MS <= at);
  const last = kept.at(-1);
  if (last === undefined) return undefined;
  return { upvotes: last.upvotes, hasCode: last.hasCode, listDay: newestDay(kept) };
}

/** The most that the archive can have at `at`; undefined when it cannot have the paper. */
export function possibleKnowledge(
  { sightings }: SeenPaper,
  at: Instant,
): { readonly upvotes: number; readonly listDay: Day } | undefined {
  const before = sightings.filter((one) => one.at <= at);
  if (before.length === 0) return undefined;
  return {
    upvotes: Math.max(...before.map(({ upvotes }) => upvotes)),
    listDay: newestDay(before),
  };
}

function newestDay(sightings: readonly Sighting[]): Day {
  return sightings.reduce((newest, { listDay }) => (listDay > newest ? listDay : newest), '');
}
