import type { ListDay } from '../calendar/list-day.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';

export interface DigestEntry {
  readonly paper: ArchivedPaper & { readonly listDay: ListDay };
  /** Names of the topics of the destination that matched; empty where it follows every paper only. */
  readonly topics: readonly string[];
}

/** The papers chosen for one destination at one slot, best first: newest list day, then votes. Never empty. */
export interface Digest {
  /** Id of the delivery it becomes. */
  readonly id: string;
  readonly destination: Destination;
  readonly entries: readonly DigestEntry[];
}
