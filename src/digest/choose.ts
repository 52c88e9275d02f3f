import { type ListDay, listDayAt } from '../calendar/list-day.ts';
import { addDays, type Instant } from '../calendar/zoned-time.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Topic } from '../topics/topic.ts';

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

/** What strictly matches one subscription within the window. */
export interface SubscriptionMatches {
  readonly subscription: Subscription;
  readonly papers: readonly ArchivedPaper[];
  /** What a paper is shown with in place of the topic's name, by its id. */
  readonly labels?: ReadonlyMap<string, string>;
}

/** Why a paper that strictly matches a subscription comes with the next digest, or what stands against it. */
export type Verdict = 'comes' | 'not-listed' | 'before-start' | 'outside-window' | 'too-few-upvotes';

const OVERLAP_DAYS = 7;
const LONGEST_WINDOW_DAYS = 30;

/**
 * Papers first listed later than this day may come with the slot. It overlaps what the last covered slot saw, for
 * papers that were listed late or reach their threshold late; records keep the rest from coming twice.
 */
export function windowStart(destination: Pick<Destination, 'coveredSlot'>, slot: Instant): ListDay {
  const oldest = addDays(listDayAt(slot), -LONGEST_WINDOW_DAYS);
  if (destination.coveredSlot === undefined) return oldest;
  // A slot in the future was written by a wrong clock.
  const covered = Math.min(destination.coveredSlot, slot);
  const start = addDays(listDayAt(covered), -OVERLAP_DAYS);
  return start > oldest ? start : oldest;
}

/** The entries of a digest: every paper once, newest list day first, then most upvoted, then by id. */
export function chooseEntries(
  matches: readonly SubscriptionMatches[],
  after: ListDay,
): readonly DigestEntry[] {
  const entries = new Map<string, DigestEntry>();
  for (const { subscription, papers, labels } of matches) {
    for (const paper of papers) {
      if (!isListed(paper)) continue;
      if (judgePaper(paper, { subscription, after }) !== 'comes') continue;
      const topic = nameTopic(subscription, paper, labels);
      entries.set(paper.id, joinEntry(entries.get(paper.id), paper, topic));
    }
  }
  return [...entries.values()].toSorted(compareEntries);
}

export function judgePaper(
  paper: ArchivedPaper,
  { subscription, after }: { readonly subscription: Subscription; readonly after: ListDay },
): Verdict {
  if (paper.listDay === undefined) return 'not-listed';
  if (paper.listDay < subscription.startDay) return 'before-start';
  if (paper.listDay <= after) return 'outside-window';
  return paper.upvotes < subscription.minUpvotes ? 'too-few-upvotes' : 'comes';
}

export function isListed(paper: ArchivedPaper): paper is DigestEntry['paper'] {
  return paper.listDay !== undefined;
}

/** The topic as it is shown with a paper. */
export function nameTopic(
  { topic }: Subscription,
  { id }: ArchivedPaper,
  labels: SubscriptionMatches['labels'],
): Topic {
  return { ...topic, name: labels?.get(id) ?? topic.name };
}

/** Adds one topic that matched to a paper's entry; the topic of every paper has no name worth showing. */
export function joinEntry(
  present: DigestEntry | undefined,
  paper: DigestEntry['paper'],
  topic: Topic,
): DigestEntry {
  const topics = present?.topics ?? [];
  const isNew = topic.query !== '' && !topics.includes(topic.name);
  return { paper: present?.paper ?? paper, topics: isNew ? [...topics, topic.name] : topics };
}

export function compareEntries({ paper: a }: DigestEntry, { paper: b }: DigestEntry): number {
  if (a.listDay !== b.listDay) return a.listDay < b.listDay ? 1 : -1;
  if (a.upvotes !== b.upvotes) return b.upvotes - a.upvotes;
  return a.id < b.id ? -1 : 1;
}
