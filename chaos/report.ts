import type { History, PlaceKind, Violation, ViolationKind } from './audit/history.ts';
import { findUnexplainedExits } from './judge-exits.ts';
import type { ChaosOptions } from './run-chaos.ts';
import type { Tally } from './faults/fault.ts';
import { tellPaper, tellStory } from './tell-story.ts';
import type { ChaosWorld } from './world.ts';

export interface Report {
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  /** What the processes did wrong, whatever came to the channels. */
  readonly incidents: readonly string[];
  readonly tally: Tally;
  /** Of the channels that the auditor complains about. */
  readonly stories: readonly string[];
  readonly log: readonly string[];
}

const KINDS: readonly ViolationKind[] = [
  'lost',
  'twice',
  'twice_blind',
  'late',
  'out_of_order',
  'over_limit',
  'wrong_form',
  'wrong_mention',
  'early',
  'unwanted',
  'stale',
];

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
  const digests = messages.filter(({ notice }) => notice === undefined);
  const kinds = new Map(destinations.map(({ channelId, kind }) => [channelId, kind]));
  const countIn = (kind: PlaceKind) =>
    messages.filter(({ channelId }) => kinds.get(channelId) === kind).length;
  const counts = Object.fromEntries(
    KINDS.map((kind) => [kind, violations.filter((one) => one.kind === kind).length]),
  );
  const days = (world.timeline.now() - world.timeline.virtualAt(startedAt)) / 86_400_000;
  const { lives, log } = world.supervisor;
  // Where history cannot be read a paper may come again, rather than never: counted, and no complaint.
  const complaints = violations.filter(({ kind }) => kind !== 'twice_blind');
  const unexplained = findUnexplainedExits(lives, history.disturbances);
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
      notices: messages.length - digests.length,
      owed,
      ...counts,
      unanswered: world.channels.reduce((sum, { unanswered }) => sum + unanswered, 0),
      kills: lives.filter(({ end }) => end === 'SIGKILL').length,
      // By themselves: a gateway that closed for good, or a ledger that could not be opened.
      exits: lives.filter(({ endedAt, signalledAt }) => endedAt !== undefined && signalledAt === undefined)
        .length,
      exits_unexplained: unexplained.length,
      wrong_starts: world.incidents.length,
      lives: lives.length,
      faults_discord: world.faults.discord,
      faults_source: world.faults.source,
      refused: world.discord.requests.filter(({ method, status }) => method === 'POST' && status === 403)
        .length,
      rate_limited: world.discord.requests.filter(({ status }) => status === 429).length,
    },
    violations: complaints,
    incidents: [...unexplained, ...world.incidents],
    tally,
    stories: complaints
      .slice(0, STORIES)
      .flatMap(({ about }) => tellPaper(history, about.split(/[ ,#]/)[0] ?? ''))
      .concat(tellChannels(history, complaints)),
    log,
  };
}

function tellChannels(history: History, violations: readonly Violation[]): readonly string[] {
  return [...new Set(violations.map(({ channelId }) => channelId))]
    .slice(0, STORIES)
    .flatMap((channelId) => ['', `channel ${channelId}`, ...tellStory(history, channelId)]);
}

export function isClean({ figures, violations, incidents }: Report): boolean {
  return violations.length === 0 && incidents.length === 0 && figures['unanswered'] === 0;
}
