import type { Day, Instant } from '../calendar.ts';
import type { Absence, Disturbance, History, ListedPaper } from '../history.ts';

/** What the bot can know of a paper at an instant, from what Hugging Face gave it. */
export interface Sighting {
  /** Real. */
  readonly at: Instant;
  readonly listDay: Day;
  readonly upvotes: number;
  readonly hasCode: boolean;
  readonly stars: number;
  readonly comments: number;
  /**
   * Real: when the bot surely had kept that, or something newer, each of its processes in an archive of its own; Infinity
   * where that was never sure.
   */
  readonly sureAt: Instant;
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

type Seen = Omit<Sighting, 'sureAt'> & {
  readonly replica: number | undefined;
  /** The process lived on undisturbed for long enough to have kept it. */
  readonly isKept: boolean;
};

export function collectSightings(history: History): ReadonlyMap<string, SeenPaper> {
  const replicas = listReplicas(history);
  const papers = new Map<string, Omit<SeenPaper, 'sightings' | 'newestDay'> & { seen: Seen[] }>();
  for (const { at, replica, papers: listed } of history.listings.toSorted((a, b) => a.at - b.at)) {
    const isKept = !isSpoilt(history, { at, replica });
    for (const paper of listed) {
      const known = papers.get(paper.id) ?? { ...paper, seen: [] };
      known.seen.push(sight(paper, { at, replica, isKept }));
      papers.set(paper.id, known);
    }
  }
  for (const { at, paper } of history.visits) {
    const seen = papers.get(paper.id)?.seen;
    seen?.push(sight(paper, { at, replica: undefined, isKept: false }));
    seen?.sort((a, b) => a.at - b.at);
  }
  return new Map(
    [...papers].map(([id, { seen, ...paper }]) => {
      const sightings = whenSure(seen, replicas);
      return [id, { ...paper, sightings, newestDay: newestDay(sightings) }];
    }),
  );
}

/** Those of the run, each with an archive of its own; one where there are no replicas. */
export function listReplicas({ lives }: Pick<History, 'lives'>): readonly (number | undefined)[] {
  const replicas = new Set(lives.map(({ replica }) => replica));
  return replicas.size === 0 ? [undefined] : [...replicas];
}

function sight(
  { listDay, upvotes, hasCode, stars, comments }: ListedPaper,
  by: Pick<Seen, 'at' | 'replica' | 'isKept'>,
): Seen {
  return { ...by, listDay, upvotes, hasCode, stars, comments };
}

/** Each archive has what a list showed once its process has kept that list, or a later one. */
function whenSure(seen: readonly Seen[], replicas: readonly (number | undefined)[]): readonly Sighting[] {
  const keptAt = new Map<number | undefined, Instant>();
  return seen
    .toReversed()
    .map(({ replica, isKept, ...sighting }) => {
      if (isKept) keptAt.set(replica, sighting.at);
      const last = Math.max(...replicas.map((one) => keptAt.get(one) ?? Infinity));
      return { ...sighting, sureAt: last + KEPT_WITHIN_MS };
    })
    .toReversed();
}

function isSpoilt(
  { disturbances, absences }: Pick<History, 'disturbances' | 'absences'>,
  { at, replica }: Pick<Seen, 'at' | 'replica'>,
): boolean {
  const isNear = ({ from, to }: Pick<Absence, 'from' | 'to'>) => from < at + KEPT_WITHIN_MS && to > at;
  const spoils = (one: Disturbance) => SPOILERS.has(one.kind) && isNear(one);
  return disturbances.some(spoils) || absences.some((one) => one.replica === replica && isNear(one));
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
  const kept = sightings.filter((one) => one.at > lost && one.sureAt <= at);
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
