import { groupDeliveries, messagesIn, noticesIn } from '../audit/evidence/deliveries.ts';
import type { Change, History } from '../audit/history.ts';

/** What happened to one channel, a line each, in order: for reading when the auditor complains. */
export function tellStory(history: History, channelId: string): readonly string[] {
  const { timeline, destinations, disturbances } = history;
  const destination = destinations.find((one) => one.channelId === channelId);
  if (destination === undefined) return [];
  const clock = (real: number) =>
    real === Infinity ? 'open' : new Date(timeline.virtualAt(real)).toISOString().slice(5, 19);
  const deliveries = groupDeliveries(history, destination, messagesIn(history, destination));
  const events = [
    ...destination.changes.map((change) => ({
      at: change.sentAt,
      text: `until ${clock(change.ackedAt)}: ${describeChange(change)}`,
    })),
    ...destination.paperChanges.map(({ sentAt, ackedAt, paperId, isFollowed }) => ({
      at: sentAt,
      text: `until ${clock(ackedAt)}: ${paperId} ${isFollowed ? 'is' : 'is no longer'} followed`,
    })),
    ...noticesIn(history, destination).map(({ at, deliveryId, notice }) => ({
      at,
      text: `notice ${deliveryId}: ${notice.paperId} has ${notice.events.join()}`,
    })),
    ...destination.samples.map(({ pressedAt }) => ({ at: pressedAt, text: 'sample pressed' })),
    ...deliveries.map(({ id, firstAt, isSample, messages }) => ({
      at: firstAt,
      text: `${isSample ? 'sample' : 'digest'} ${id}: ${messages
        .map(
          ({ at, step, papers, roles }) =>
            `[${clock(at)} #${step} ${papers.length} papers${roles.length > 0 ? ' @' : ''}]`,
        )
        .join(' ')}`,
    })),
    ...history.archiveLostAt.map((at) => ({ at, text: 'archive lost' })),
    ...disturbances
      .filter((one) => one.channelId === undefined || one.channelId === channelId)
      .map(({ from, to, kind }) => ({ at: from, text: `until ${clock(to)}: ${kind}` })),
  ];
  return events
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }) => `${new Date(at).toISOString().slice(14, 23)} ${clock(at)} ${text}`);
}

function describeChange({ settings, cancels }: Change): string {
  if (settings === undefined) return 'nothing followed';
  const { follows, minute, zone, days, isPaused, style, max, rest, mention } = settings;
  const topics = follows.map(({ query, minUpvotes }) => `"${query}" from ${minUpvotes}`).join(', ');
  const time =
    settings.instantSince !== undefined
      ? `instantly, ${zone} on ${days.join('')}`
      : `${Math.floor(minute / 60)}:${minute % 60} ${zone} on ${days.join('')}`;
  const flags = `${isPaused ? ' paused' : ''}${cancels ? ' cancelling' : ''}${mention === undefined ? '' : ' @'}`;
  return `${topics}; ${time}; ${style} ${max} ${rest}${flags}`;
}

/** When the bot could learn of a paper, a line for each change. */
export function tellPaper(history: History, paperId: string): readonly string[] {
  const visits = history.visits.map(({ at, paper }) => ({ at, papers: [paper] }));
  const told = [...history.listings, ...visits]
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ at, papers }) =>
      papers
        .filter(({ id }) => id === paperId)
        .map(({ listDay, upvotes, hasCode }) => {
          const clock = new Date(history.timeline.virtualAt(at)).toISOString().slice(5, 19);
          const code = hasCode ? ' and code' : '';
          return { clock, state: `${paperId} on ${listDay} with ${upvotes} upvotes${code}` };
        }),
    );
  return told
    .filter(({ state }, index) => state !== told[index - 1]?.state)
    .map(({ clock, state }) => `${clock} ${state}`);
}
