import type { Choice } from './reading-group.ts';

/** Most votes win. A tie, and a poll without votes, goes to the paper that was nominated first. */
export function pickWinner(candidates: readonly string[], votes: readonly number[]): Choice {
  const total = votes.reduce((sum, one) => sum + one, 0);
  const most = Math.max(0, ...votes);
  const at = Math.max(0, votes.indexOf(most));
  return { paperId: candidates[at] ?? '', how: 'poll', votes: votes[at] ?? 0, total };
}
