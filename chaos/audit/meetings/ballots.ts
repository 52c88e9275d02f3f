import type { Instant } from '../calendar.ts';
import type { Ballot } from '../group-history.ts';

/** How many votes an answer may have had. */
export interface Count {
  readonly least: number;
  readonly most: number;
}

/** The votes of a poll at its end, which was not before `from` nor after `to`; real. */
export function countBallots(
  ballots: readonly Ballot[],
  {
    messageId,
    answers,
    from,
    to,
  }: {
    readonly messageId: string;
    readonly answers: number;
    readonly from: Instant;
    readonly to: Instant;
  },
): readonly Count[] {
  const own = ballots.filter((one) => one.messageId === messageId && one.sentAt <= to);
  const voters = [...Map.groupBy(own, ({ userId }) => userId).values()].map((given) =>
    lastVotes(given, from),
  );
  return Array.from({ length: answers }, (_, index) => {
    const answer = index + 1;
    return {
      least: voters.filter((votes) => votes.size === 1 && votes.has(answer)).length,
      most: voters.filter((votes) => votes.has(answer)).length,
    };
  });
}

/** What somebody's last vote may be; 0 stands for none. */
function lastVotes(given: readonly Ballot[], from: Instant): ReadonlySet<number> {
  const sure = given.findLast(({ ackedAt }) => ackedAt <= from);
  const unsure = given.filter(
    ({ sentAt, ackedAt }) => ackedAt > from && sentAt >= (sure?.sentAt ?? -Infinity),
  );
  return new Set([sure?.answer ?? 0, ...unsure.map(({ answer }) => answer)]);
}
