import type { Random } from '../../src/calendar/clock.ts';
import type { Instant } from '../audit/calendar.ts';
import type { PostedMessage } from '../audit/shown.ts';
import { pickNumber, pickOne } from '../random.ts';
import type { ReadingGroup } from './reading-group.ts';

/** What people of a group do, each when nobody there is giving an order. */

const MOST_NOMINATED = 8;
const VOTING_SHARE = 0.8;

/** The poll that is open by what it says; undefined where there is none. */
export function openPollOf(group: ReadingGroup, now: Instant): PostedMessage | undefined {
  return group
    .messages()
    .findLast(({ meeting }) => meeting?.closesAt !== undefined && meeting.closesAt > now);
}

export async function nominateSome(
  group: ReadingGroup,
  newest: readonly string[],
  random: Random,
): Promise<void> {
  const fresh = newest.filter((id) => !group.nominated.has(id));
  for (let count = pickNumber(random, 1, 3); count > 0; count -= 1) {
    const paperId = fresh.splice(Math.floor(random() * fresh.length), 1)[0];
    const userId = group.people[Math.floor(random() * group.people.length)];
    const by = pickOne<'command' | 'card' | 'message'>(random, ['command', 'card', 'message']);
    if (paperId === undefined || userId === undefined || group.nominated.size >= MOST_NOMINATED) return;
    await group.give({ kind: 'nominate', paperId, userId, by });
  }
}

export async function withdrawOne(group: ReadingGroup, random: Random): Promise<void> {
  const paperId = [...group.nominated][Math.floor(random() * group.nominated.size)];
  if (paperId !== undefined) await group.give({ kind: 'withdraw', paperId });
}

/** Most people vote, some of them for nothing that wins; some change their minds later. */
export async function voteNow(group: ReadingGroup, now: Instant, random: Random): Promise<void> {
  const poll = openPollOf(group, now);
  const offered = poll?.meeting?.answers?.length ?? poll?.meeting?.paperIds.length ?? 0;
  if (poll === undefined || offered === 0) return;
  for (const userId of group.people) {
    if (random() > VOTING_SHARE) continue;
    const answer = pickNumber(random, 1, offered);
    if (poll.meeting?.kind === 'poll') group.votePoll(poll.id, userId, answer);
    else await group.give({ kind: 'vote', messageId: poll.id, userId, answer });
  }
}
