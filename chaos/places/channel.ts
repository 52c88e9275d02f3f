import { setTimeout } from 'node:timers/promises';
import type { DiscordStandIn } from '../../playground/discord/server.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type {
  Change,
  DestinationHistory,
  PaperChange,
  PlaceKind,
  Sample,
  Settings,
} from '../audit/history.ts';
import { type Answer, giveOrder, type Offered } from './person.ts';
import { applyOrder, isCancelling, type Order } from './settings.ts';
import type { MachineTimeline } from '../timeline.ts';

/** Where papers come to, and from where the bot is told so. */
export interface Spot {
  readonly kind: PlaceKind;
  /** In which no threads can be. */
  readonly isThread?: boolean;
  /** Of the channel, the forum, or the conversation with the bot. */
  readonly id: string;
  /** Empty for direct messages. */
  readonly guildId: string;
  /** A role that may be mentioned; empty for direct messages. */
  readonly roleId: string;
  /** Where commands are typed: there, but in a forum nobody can. */
  readonly typedIn: string;
  /** Who types them. */
  readonly userId: string;
}

/** A channel of the run, and what its admin told the bot about it. */
export interface Channel extends Spot {
  readonly isBusy: boolean;
  readonly settings: Settings | undefined;
  /** Ids of the papers whose news are told there. */
  readonly papers: ReadonlySet<string>;
  /** Orders that the bot never acknowledged. */
  readonly unanswered: number;
  /** What stood under the last answer to following. */
  readonly offered: Offered & { readonly query?: string };
  deletedAt?: Instant;
  canReadHistory: boolean;
  /** Gives an order again and again until it is answered; only one at a time. */
  give(order: Order): Promise<void>;
  history(): DestinationHistory;
}

/** The bot may hear of an order before it hears that the clock has leapt. */
export const CLOCK_LAG_MS = 1_000;
const AGAIN_AFTER_MS = 1_200;
const TRIES = 40;

export function createChannel(options: {
  readonly discord: DiscordStandIn;
  readonly timeline: MachineTimeline;
  readonly spot: Spot;
  /** The clock by which orders are noted; the real one when absent. */
  readonly now?: () => Instant;
}): Channel {
  const { discord, timeline, spot, now = Date.now } = options;
  const changes: Change[] = [];
  const paperChanges: PaperChange[] = [];
  const papers = new Set<string>();
  const samples = new Set<Sample>();
  let isBusy = false;
  let settings: Settings | undefined;
  let unanswered = 0;
  let offered: Channel['offered'] = {};

  function onSample(): () => void {
    const sample = { pressedAt: now() };
    samples.add(sample);
    return () => samples.delete(sample);
  }

  async function tryUntilAnswered(order: Order): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await giveOrder({ discord, spot, order, onSample });
      if (answer.kind !== 'failed' || attempt === TRIES || channel.deletedAt !== undefined) return answer;
      await setTimeout(AGAIN_AFTER_MS);
    }
  }

  const channel: Channel = {
    ...spot,
    papers,
    canReadHistory: true,
    get isBusy() {
      return isBusy;
    },
    get settings() {
      return settings;
    },
    get offered() {
      return offered;
    },
    get unanswered() {
      return unanswered;
    },
    async give(order) {
      isBusy = true;
      const sentAt = now();
      const aheadThen = timeline.aheadMs;
      const answer = await tryUntilAnswered(order);
      isBusy = false;
      if (answer.kind === 'failed' && channel.deletedAt === undefined) unanswered += 1;
      if (answer.kind !== 'done') return;
      const ackedAt = now();
      if (order.kind === 'follow-paper' || order.kind === 'unfollow-paper') {
        const { paperId } = order;
        const isFollowed = order.kind === 'follow-paper';
        if (isFollowed) papers.add(paperId);
        else papers.delete(paperId);
        paperChanges.push({ sentAt, ackedAt, paperId, isFollowed });
        return;
      }
      // By the clock of the bot's machine.
      const when = {
        earliest: timeline.virtualAt(sentAt - CLOCK_LAG_MS) + Math.min(0, aheadThen, timeline.aheadMs),
        latest: timeline.virtualAt(ackedAt) + Math.max(0, aheadThen, timeline.aheadMs),
      };
      if (order.kind === 'follow') offered = { ...answer.offered, query: order.query };
      settings = applyOrder(settings, order, when);
      const named = answer.named === undefined ? {} : { named: answer.named };
      if (order.kind !== 'send-now')
        changes.push({ sentAt, ackedAt, settings, cancels: isCancelling(order), ...named });
    },
    history: () => ({
      channelId: spot.id,
      kind: spot.kind,
      changes,
      paperChanges,
      samples: [...samples],
      canReadHistory: channel.canReadHistory,
      unanswered,
      ...(channel.deletedAt === undefined ? {} : { deletedAt: channel.deletedAt }),
    }),
  };
  return channel;
}
