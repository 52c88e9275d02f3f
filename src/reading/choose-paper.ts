import { HOUR_MS, type Instant } from '../calendar/zoned-time.ts';
import { afterChoice, hoursLeft } from './meeting-after.ts';
import {
  type Choice,
  type GroupChange,
  type GroupState,
  type Meeting,
  MOST_CANDIDATES,
  type ReadingGroup,
} from './reading-group.ts';

interface Chosen {
  readonly now: Instant;
  readonly pollKind: 'native' | 'buttons';
  /** Of a poll that somebody begins; the group's own when absent. */
  readonly hours?: number;
  /** What was saved most here, for a group where nobody nominated. */
  readonly mostSaved?: string | undefined;
}

/**
 * What comes of the nominations: a poll of two and more, the only one, or, where there is none, what was saved most here.
 * A poll that would not end an hour before the meeting is shorter, and the first nominated is taken where not even an hour
 * is left.
 */
export function choosePaper(
  state: GroupState,
  meeting: Meeting,
  group: ReadingGroup,
  chosen: Chosen,
): GroupChange {
  const { nominations } = state;
  const [first] = nominations;
  const { now, pollKind, mostSaved } = chosen;
  const hours = Math.min(chosen.hours ?? group.pollHours, hoursLeft(meeting, now));
  if (first === undefined) {
    if (mostSaved === undefined) return { meeting: { ...meeting, state: 'passing' } };
    return takePaper(state, meeting, { paperId: mostSaved, how: 'saved' });
  }
  if (nominations.length === 1 || hours < 1) {
    return takePaper(state, meeting, {
      paperId: first.paperId,
      how: nominations.length === 1 ? 'only' : 'first',
    });
  }
  const { decideAt: _decided, ...rest } = meeting;
  const candidates = nominations.slice(0, MOST_CANDIDATES).map(({ paperId }) => paperId);
  const closesAt = now + hours * HOUR_MS;
  const poll = { kind: pollKind, candidates, hours, closesAt, lookAt: now, looks: 0 };
  return { meeting: { ...rest, state: 'polling', poll } };
}

/** The paper and whose turn it is to present are known; it stays nominated until that is said. */
export function takePaper({ group, presenters }: GroupState, meeting: Meeting, choice: Choice): GroupChange {
  const presenterId = presenters[(group?.held ?? 0) % Math.max(1, presenters.length)];
  return { meeting: afterChoice(meeting, choice, presenterId) };
}
