import type { Instant } from '../calendar.ts';
import type { NominationChange } from '../group-history.ts';
import type { History } from '../history.ts';
import type { GroupEvidence, MeetingMessage } from './meetings.ts';
import { GRACE_MS } from '../evidence/deadlines.ts';
import { wasClockWrong } from '../evidence/wrong-clock.ts';

/** Real instants within which something was decided. */
interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** Real: from the plan of a message to the message. */
const PLANNED_MS = 7_000;

/** When a message may have been planned: where trouble held it up, when that began. */
function plannedWithin(
  history: Pick<History, 'disturbances'>,
  { destination }: Pick<GroupEvidence, 'destination'>,
  at: Instant,
): Window {
  let from = at - PLANNED_MS;
  for (;;) {
    const trouble = history.disturbances.find(
      (one) =>
        (one.channelId === undefined || one.channelId === destination.channelId) &&
        one.from < from &&
        one.to > from - GRACE_MS,
    );
    if (trouble === undefined) return { from, to: at };
    from = trouble.from;
  }
}

/** The papers that surely were nominated when a message was planned, and those that may have been at some moment of it. */
export function nominatedFor(
  history: Pick<History, 'disturbances'>,
  evidence: GroupEvidence,
  at: Instant,
): { readonly sure: ReadonlySet<string>; readonly possible: ReadonlySet<string> } {
  const { group, messages } = evidence;
  const { from, to } = plannedWithin(history, evidence, at);
  const sure = new Set<string>();
  const possible = new Set<string>();
  for (const [paperId, changes] of Map.groupBy(group.nominations, (one) => one.paperId)) {
    const cards = settled(messages, paperId, to - 1);
    const all = [...changes, ...cards].toSorted((a, b) => a.sentAt - b.sentAt);
    const before = all.findLast(({ ackedAt }) => ackedAt <= from);
    const meanwhile = all.filter(({ sentAt, ackedAt }) => ackedAt > from && sentAt <= to);
    const states = [before?.isNominated === true, ...meanwhile.map(({ isNominated }) => isNominated)];
    const isTooSoon = before !== undefined && isUnderWay(history, evidence, { cards, at: before.sentAt });
    if (states.some(Boolean)) possible.add(paperId);
    if (states.every(Boolean) && !isTooSoon) sure.add(paperId);
  }
  return { sure, possible };
}

/** Whether a thread or an event of one of the cards may be on its way: until then its paper counts as nominated. */
function isUnderWay(
  history: Pick<History, 'disturbances'>,
  evidence: GroupEvidence,
  { cards, at }: { readonly cards: readonly NominationChange[]; readonly at: Instant },
): boolean {
  const { from } = plannedWithin(history, evidence, at);
  return cards.some(({ sentAt }) => from <= sentAt && sentAt < at);
}

/** A paper that is chosen is nominated no more: from a while before the message that says so. */
function settled(
  messages: readonly MeetingMessage[],
  paperId: string,
  until: Instant,
): readonly NominationChange[] {
  return messages
    .filter(
      ({ meeting, at }) => meeting.kind === 'chosen' && meeting.paperIds.includes(paperId) && at <= until,
    )
    .map(({ at }) => ({ paperId, isNominated: false, sentAt: at, ackedAt: at }));
}

/** Whether one paper was surely nominated before the other, by the clock of the machine. */
export function isSurelyBefore(
  { history, group }: { readonly history: History; readonly group: GroupEvidence },
  [first, second]: readonly [string, string],
  at: Instant,
): boolean {
  const when = (paperId: string) => presentSince(group, paperId, at);
  const [one, other] = [when(first), when(second)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.to < other.from &&
    !wasClockWrong(history, one.from - PLANNED_MS, other.to)
  );
}

/** From the first of its nominations that nothing ended. */
function presentSince({ group, messages }: GroupEvidence, paperId: string, at: Instant): Window | undefined {
  const changes = group.nominations.filter((one) => one.paperId === paperId && one.sentAt <= at);
  const ends = [
    ...changes.filter(({ isNominated }) => !isNominated).map(({ sentAt, ackedAt }) => ({ sentAt, ackedAt })),
    ...settled(messages, paperId, at - 1).map(({ sentAt, ackedAt }) => ({ sentAt, ackedAt })),
  ];
  const lastEnd = Math.max(-Infinity, ...ends.map(({ sentAt }) => sentAt));
  const begun = changes.filter(({ isNominated, ackedAt }) => isNominated && ackedAt > lastEnd);
  const [first] = begun;
  return first && { from: first.sentAt, to: Math.min(...begun.map(({ ackedAt }) => ackedAt)) };
}
