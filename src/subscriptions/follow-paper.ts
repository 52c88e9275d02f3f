import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';
import type { PaperEvent } from '../papers/paper-event.ts';
import { destinationId, type OpenPlace } from './destination.ts';

/** One paper whose news go to one place, once each. */
export interface PaperFollow {
  readonly destinationId: string;
  readonly paperId: string;
  readonly place: OpenPlace;
  /** What had come to the paper already, and is not told. */
  readonly known: readonly PaperEvent[];
  readonly followedBy: string;
  readonly followedAt: Instant;
  /** It ends by itself. */
  readonly until: Instant;
}

/** Followed papers. A change is on disk when its promise resolves. Raises `StorageError`. */
export interface FollowStore {
  /** Those of a destination that have not ended, the oldest first. */
  of(destinationId: string, now: Instant): Promise<readonly PaperFollow[]>;
  /** Every paper that somebody follows. By an index. */
  papers(now: Instant): Promise<readonly string[]>;
  /** Ids of the destinations where one of the papers is followed. By an index. */
  followersOf(paperIds: readonly string[], now: Instant): Promise<readonly string[]>;
  /**
   * One transaction: lets `decide` choose from what is there, and writes that. An open notice of a paper that is not
   * followed any more is given up. `decide` may raise a `UserError`; it may run more than once, and must only compute.
   */
  change(
    destinationId: string,
    decide: (present: readonly PaperFollow[]) => readonly PaperFollow[],
  ): Promise<void>;
}

export const MOST_FOLLOWS = 50;
const FOLLOWED_FOR_MS = 90 * DAY_MS;

export interface FollowWish {
  readonly paperId: string;
  readonly place: OpenPlace;
  readonly known: readonly PaperEvent[];
  readonly by: string;
  readonly now: Instant;
}

/** Follows a paper; one that is followed already stays as it is. Raises `follow-limit`. */
export async function followPaper(
  { paperId, place, known, by, now }: FollowWish,
  follows: Pick<FollowStore, 'change'>,
): Promise<{ readonly follow: PaperFollow; readonly isNew: boolean }> {
  const id = destinationId(place);
  const made: PaperFollow = {
    destinationId: id,
    paperId,
    place,
    known,
    followedBy: by,
    followedAt: now,
    until: now + FOLLOWED_FOR_MS,
  };
  let follow = made;
  await follows.change(id, (present) => {
    const living = present.filter(({ until }) => until > now);
    follow = living.find((one) => one.paperId === paperId) ?? made;
    if (follow !== made) return living;
    if (living.length >= MOST_FOLLOWS) throw new UserError('follow-limit', { limit: MOST_FOLLOWS });
    return [...living, made];
  });
  return { follow, isNew: follow === made };
}

/** Harmless to repeat. */
export async function unfollowPaper(
  { destinationId: id, paperId }: Pick<PaperFollow, 'destinationId' | 'paperId'>,
  follows: Pick<FollowStore, 'change'>,
): Promise<void> {
  await follows.change(id, (present) => present.filter((one) => one.paperId !== paperId));
}

/** Ends all that a person follows by direct message. */
export async function unfollowAllPapers(id: string, follows: Pick<FollowStore, 'change'>): Promise<void> {
  await follows.change(id, () => []);
}
