import type { Violation } from '../audit/audit.ts';
import type { History, PlaceKind } from '../audit/history.ts';
import { PROMISES } from '../audit/promises.ts';
import type { ChaosOptions } from '../run-chaos.ts';
import type { Tally } from '../faults/fault.ts';
import { tellGroup } from '../groups/tell-group.ts';
import { tellPaper, tellStory } from './tell-story.ts';
import type { ChaosWorld } from '../world.ts';

export interface Report {
  readonly figures: Readonly<Record<string, number>>;
  /** Of promises that must be kept. */
  readonly violations: readonly Violation[];
  readonly tally: Tally;
  /** Of the channels that the auditor complains about. */
  readonly stories: readonly string[];
  readonly log: readonly string[];
}

const STORIES = 5;

export function buildReport(parts: {
  readonly options: ChaosOptions;
  readonly world: ChaosWorld;
  readonly history: History;
  readonly owed: number;
  readonly violations: readonly Violation[];
  readonly tally: Tally;
  readonly startedAt: number;
}): Report {
  const { options, world, history, owed, violations, tally, startedAt } = parts;
  const { messages, destinations } = history;
  const ofMeetings = messages.flatMap(({ meeting }) => meeting ?? []);
  const digests = messages.filter(
    ({ notice, roundup, meeting }) => notice === undefined && roundup === undefined && meeting === undefined,
  );
  const roundups = messages.filter(({ roundup }) => roundup !== undefined);
  const kinds = new Map(destinations.map(({ channelId, kind }) => [channelId, kind]));
  const countIn = (kind: PlaceKind) =>
    messages.filter(({ channelId }) => kinds.get(channelId) === kind).length;
  const counts = Object.fromEntries(
    PROMISES.map(({ figure }) => [figure, violations.filter(({ kind }) => kind === figure).length]),
  );
  const days = (world.timeline.now() - world.timeline.virtualAt(startedAt)) / 86_400_000;
  const { lives, log } = world.supervisor;
  const complaints = listComplaints(violations);
  return {
    figures: {
      seed: options.seed,
      minutes: options.minutes,
      days: Math.round(days * 10) / 10,
      channels: world.channels.length,
      deliveries: new Set(digests.map((message) => `${message.channelId} ${message.deliveryId}`)).size,
      messages: messages.length,
      posts: countIn('forum'),
      direct_messages: countIn('dm'),
      papers: messages.flatMap(({ papers }) => papers).length,
      edits: messages.flatMap(({ edits }) => edits).filter(({ isTaken }) => isTaken).length,
      follows: destinations.flatMap((one) => one.paperChanges).filter(({ isFollowed }) => isFollowed).length,
      notices: messages.filter(({ notice }) => notice !== undefined).length,
      roundups: roundups.length,
      polls: ofMeetings.filter(({ kind }) => kind === 'nominees').length,
      read_together: ofMeetings.filter(({ kind }) => kind === 'chosen').length,
      reminders: ofMeetings.filter(({ kind }) => kind === 'reminder').length,
      events: history.groups.flatMap(({ events }) => events).length,
      owed,
      ...counts,
      kills: lives.filter(({ end }) => end === 'SIGKILL').length,
      // By themselves: a gateway that closed for good, or a ledger that could not be opened.
      exits: lives.filter(({ endedAt, signalledAt }) => endedAt !== undefined && signalledAt === undefined)
        .length,
      lives: lives.length,
      leaders: lives.filter(({ leadsFrom }) => leadsFrom !== undefined).length,
      open_files: history.openFiles,
      faults_discord: world.faults.discord,
      faults_source: world.faults.source,
      refused: world.discord.requests.filter(({ method, status }) => method === 'POST' && status === 403)
        .length,
      rate_limited: world.discord.requests.filter(({ status }) => status === 429).length,
    },
    violations: complaints,
    tally,
    stories: complaints
      .slice(0, STORIES)
      .flatMap(({ about }) => tellPaper(history, about.split(/[ ,#]/)[0] ?? ''))
      .concat(tellChannels(history, complaints)),
    log,
  };
}

function tellChannels(history: History, violations: readonly Violation[]): readonly string[] {
  const ids = violations.flatMap(({ channelId }) => channelId ?? []);
  return [...new Set(ids)]
    .slice(0, STORIES)
    .flatMap((channelId) => [
      '',
      `channel ${channelId}`,
      ...tellStory(history, channelId),
      ...tellGroup(history, channelId),
    ]);
}

/** Without what is tolerated. */
export function listComplaints(violations: readonly Violation[]): readonly Violation[] {
  const tolerated = PROMISES.filter(({ isTolerated }) => isTolerated).map(({ figure }) => figure);
  return violations.filter(({ kind }) => !tolerated.includes(kind));
}

/** The figures that should be 0 and are not, such as `3 lost`. */
export function complaintsIn(figures: Report['figures']): readonly string[] {
  return PROMISES.filter(({ isTolerated }) => isTolerated !== true).flatMap(({ figure }) => {
    const count = figures[figure] ?? 0;
    return count === 0 ? [] : [`${count} ${figure}`];
  });
}

export function isClean({ violations }: Report): boolean {
  return violations.length === 0;
}
