import { HOUR_MS, type Instant } from '../calendar.ts';
import { type Count, countBallots } from '../meetings/ballots.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { isTextOrStart } from '../evidence/fold-text.ts';
import { isExcused } from '../meetings/meeting-debts.ts';
import type { GroupEvidence, MeetingMessage, SeenMeeting } from '../meetings/meetings.ts';
import { nominatedFor } from '../meetings/nominations.ts';
import { atEachMeeting, type Promise } from '../promise.ts';

/** By the replayed clock: where less than an hour is left for a poll, by any clock of the machine. */
const NO_TIME_MS = 3 * HOUR_MS;

/** Real: as far as the clock of the machine may be wrong. */
const WRONG_CLOCK_MS = 60_000;

export const WRONG_WINNER: Promise = {
  figure: 'wrong_winner',
  sentence:
    'A group reads the nominated paper with the most votes; a tie, or a poll without votes, goes to the one that was nominated first.',
  check: atEachMeeting((evidence, group, meeting) =>
    meeting.chosen.flatMap((message) =>
      judge(evidence, group, { meeting, message }).map((why) => `${message.meeting.paperIds.join()}, ${why}`),
    ),
  ),
};

interface Chosen {
  readonly meeting: SeenMeeting;
  readonly message: MeetingMessage;
}

function judge(evidence: Evidence, group: GroupEvidence, chosen: Chosen): readonly string[] {
  const { message, meeting } = chosen;
  const [paperId = ''] = message.meeting.paperIds;
  switch (message.meeting.how ?? '') {
    case 'poll':
      return judgePoll(evidence, group, chosen);
    case 'only': {
      const { sure, possible } = nominatedFor(evidence.history, group, message.at);
      const others = [...sure].filter((id) => id !== paperId);
      if (!possible.has(paperId)) return ['which nobody nominated'];
      return others.length === 0 ? [] : [`as the only one beside ${others.join()}`];
    }
    case 'first': {
      const leftMs = meeting.startsAt - evidence.history.timeline.virtualAt(message.at);
      return leftMs < NO_TIME_MS ? [] : ['as if there were no time for a poll'];
    }
    default:
      return [`because "${message.meeting.how ?? ''}"`];
  }
}

function judgePoll(
  evidence: Evidence,
  group: GroupEvidence,
  { meeting, message }: Chosen,
): readonly string[] {
  const nominees = meeting.nominees.findLast(({ at }) => at <= message.at);
  const poll = meeting.polls.findLast(({ at }) => at >= (nominees?.at ?? 0) && at <= message.at);
  const above = nominees ?? poll;
  const { votes = 0, total = 0 } = message.meeting;
  const begun = group.group.decisions.findLast(({ kind, sentAt }) => kind === 'poll' && sentAt <= message.at);
  const planned = evidence.history.timeline.realAt(meeting.decideAt);
  const since = above?.at ?? Math.min(planned, begun?.sentAt ?? Infinity);
  // One that is refused, or cannot be read, is one without votes.
  const isExcusable = total === 0 && isExcused(evidence, group.destination, since, message.at);
  if (above === undefined) return isExcusable ? [] : ['without a poll'];
  const candidates = nominees?.meeting.paperIds ?? namesIn(evidence, poll);
  const at = candidates.indexOf(message.meeting.paperIds[0] ?? '');
  if (at === -1) return [`which is none of ${candidates.join()}`];
  const isByButtons = nominees?.meeting.closesAt !== undefined;
  const counts = countBallots(group.group.ballots, {
    messageId: poll?.id ?? above.id,
    answers: candidates.length,
    ...(isByButtons
      ? endOf(evidence, group, { nominees: above, until: message.at })
      : { from: message.at, to: message.at }),
  });
  if (at === 0 && isExcusable) return [];
  return [...compare(counts, at), ...judgeNumbers(counts, at, { votes, total })];
}

/** The papers that a poll offers, by their titles, where nothing stands above it. */
function namesIn({ papers }: Evidence, poll: MeetingMessage | undefined): readonly string[] {
  return (poll?.meeting.answers ?? []).map(
    (answer) =>
      [...papers.values()].find(({ title }) => isTextOrStart(answer, title))?.id ??
      answer.replace(/^arXiv:/u, ''),
  );
}

/** Real: when a poll by buttons ended. */
function endOf(
  { history }: Evidence,
  { group }: GroupEvidence,
  { nominees, until }: { readonly nominees: MeetingMessage; readonly until: Instant },
): { readonly from: Instant; readonly to: Instant } {
  const closesAt = history.timeline.realAt(nominees.meeting.closesAt ?? 0);
  const ends = group.decisions.filter(({ kind, sentAt }) => kind === 'end' && sentAt >= nominees.at);
  return {
    from: Math.min(closesAt - WRONG_CLOCK_MS, ...ends.map(({ sentAt }) => sentAt)),
    to: Math.min(until, closesAt + WRONG_CLOCK_MS),
  };
}

/** The first nominated has to have as many as any, each later one more than those before it. */
function compare(counts: readonly Count[], at: number): readonly string[] {
  const { most = 0 } = counts[at] ?? {};
  return counts.flatMap(({ least }, index) => {
    const isBeaten = index < at ? most <= least : index > at && most < least;
    return isBeaten ? [`with ${most} votes against ${least} for the ${index + 1}. of the list`] : [];
  });
}

function judgeNumbers(
  counts: readonly Count[],
  at: number,
  { votes, total }: { readonly votes: number; readonly total: number },
): readonly string[] {
  const { least = 0, most = 0 } = counts[at] ?? {};
  const surely = counts.reduce((sum, one) => sum + one.least, 0);
  const isTrue = votes >= least && votes <= most && total >= surely && total >= votes;
  return isTrue ? [] : [`with ${votes} of ${total} votes, of which it had ${least} to ${most}`];
}
