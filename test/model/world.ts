import { apply, type DeliveryEvent, nextAction } from '../../src/delivery/transitions.ts';
import type { Delivery, PaperRecord, Step } from '../../src/delivery/delivery.ts';
import type { ChannelPlace, Destination, Trouble } from '../../src/subscriptions/destination.ts';
import { DAY_MS } from '../../src/calendar/zoned-time.ts';

/** The table that is explored: the project's own, or one with a mistake in it. */
export interface Table {
  readonly nextAction: typeof nextAction;
  readonly apply: typeof apply;
}

export const TABLE: Table = { nextAction, apply };

/** The present slot; a tick shifts all that happened into the past, so that states of different days can be the same. */
export const SLOT = 1_000 * DAY_MS;
/** Ticks from slot to slot. */
export const PERIOD = 6;
/** Ages in ticks above this are all the same. */
export const OLDEST = 7;
/** For so many ticks after it left, a request may have its effect. */
export const LANDING_TICKS = 1;
/** For so many ticks we rely on Discord to remember a nonce; it does so for one more. */
export const NONCE_TICKS = 2;
export const LIFETIME_TICKS = { digest: 4, sample: 2, notice: 4, meeting: 4, roundup: 4 } as const;

export type Command = 'pause' | 'resume' | 'unfollow' | 'remove' | 'follow' | 'sample';
/** How often each kind of trouble may come. `stalls`: ticks during which the process stands still. */
export type Budget = 'crashes' | 'faults' | 'stalls' | 'commands' | 'barred' | 'deletions' | 'takeOvers';

/** What stands around the table: how the ledger, the transport and the loop behave. The right value comes first. */
export interface Habits {
  /** An attempt, or another write, of a process that was taken over fails. */
  readonly hasFence: boolean;
  readonly checksLease: boolean;
  /** The age of the nonce is checked as the request leaves. */
  readonly checksNonce: boolean;
  /** The transaction of an attempt asks the table again. */
  readonly asksAgain: boolean;
  /** The reply to a person waits for the request under way. */
  readonly replyWaits: boolean;
  /** The machine may stand still between the last check and the socket. */
  readonly hasGap: boolean;
  readonly looksAgeFrom: 'began' | 'ended';
  /** A look-up may stop before it has passed the attempt. */
  readonly looksPartly: boolean;
  /** How many ticks too late a look-up begins, by a wrong clock. */
  readonly looksLateBy: number;
  readonly serverError: 'unclear' | 'no-effect';
  readonly deleted: 'sent' | 'no-effect' | 'content';
  readonly threadRefusal: 'skipped' | 'barred';
  readonly giveUp: 'written' | 'read';
  readonly planIds: 'fresh' | 'same';
  readonly refusedComeAgain: boolean;
}

export const HABITS: Habits = {
  hasFence: true,
  checksLease: true,
  checksNonce: true,
  asksAgain: true,
  replyWaits: true,
  hasGap: false,
  looksAgeFrom: 'began',
  looksPartly: false,
  looksLateBy: 0,
  serverError: 'unclear',
  deleted: 'sent',
  threadRefusal: 'skipped',
  giveUp: 'written',
  planIds: 'fresh',
  refusedComeAgain: false,
};

/** A small world to explore. A paper is a letter, papers are a string. */
export interface Setting {
  readonly papers: string;
  readonly layout: 'messages' | 'posts' | 'threads' | 'one message' | 'two and one';
  readonly budget?: Partial<Record<Budget, number>>;
  readonly commands?: readonly Command[];
  /** How the place lets nobody in. */
  readonly places?: readonly Trouble['kind'][];
  readonly isUnreadable?: boolean;
  readonly mention?: boolean;
  /** Papers that Discord refuses, as cards or in every form. */
  readonly poison?: Readonly<Record<string, 'rich' | 'always'>>;
  /** The code with which Discord refuses every paper, which is the fault of none. */
  readonly refusesAll?: number;
  /** Papers shown; those above are passed over. */
  readonly max?: number;
  /** Nothing goes wrong, so that all must come with the first slot, and one mention. */
  readonly isCalm?: boolean;
  /** The window of a slot reaches back beyond the last covered one. */
  readonly overlaps?: boolean;
  /** A new destination begins with the present slot. */
  readonly startsNow?: boolean;
  readonly threadsAreFull?: boolean;
  /** A request that nobody waits for may have its effect at any time later. */
  readonly hasLateEffects?: boolean;
  /** Ms by the calendar in a tick, for what takes days. */
  readonly tickMs?: number;
}

export interface Scenario {
  readonly setting: Setting;
  readonly habits: Habits;
  readonly table: Table;
}

export interface OpenDelivery {
  readonly delivery: Delivery;
  /** Ticks since its slot. */
  readonly age: number;
  /** A person was told that it ends. */
  readonly isAcknowledged: boolean;
}

export interface Look {
  readonly answer: 'found' | 'absent' | 'unanswered' | 'unreadable' | 'blocked' | 'gone';
  /** Ticks between the last moment at which a request may have left and its beginning. */
  readonly sinceLeft: number;
}

export interface Process {
  readonly isOn: boolean;
  readonly at: 'idle' | 'resting' | 'looked' | 'decided' | 'wrote' | 'checked' | 'waiting' | 'answered';
  readonly deliveryId?: string | undefined;
  readonly n?: number | undefined;
  readonly unconfirmed?: boolean | undefined;
  readonly look?: Look | undefined;
  /** To be written. */
  readonly event?: DeliveryEvent | undefined;
  /** Ticks since a request may have left last, as far as this process knows. */
  readonly left: number;
  /** A person waits for the reply. */
  readonly command?: Command | undefined;
  /** Discord said that the message was there, and somebody deleted it. */
  readonly isDeleted?: boolean | undefined;
  /** Its attempt is of a delivery that a person was told the end of. */
  readonly isLate?: boolean | undefined;
}

export interface Request {
  readonly key: string;
  /** The process that waits for its answer, or nobody. */
  readonly owner: number | undefined;
  readonly deliveryId: string;
  readonly step: Pick<Step, 'n' | 'kind' | 'threadOf' | 'form' | 'mentions'>;
  /** The number of the step in its content, by which it is found. */
  readonly customId: number;
  readonly papers: string;
  readonly slotAge: number;
  readonly age: number;
  /** Looked for, and not found. */
  readonly wasLookedFor: boolean;
}

export interface Message {
  readonly key: string;
  readonly deliveryId: string;
  readonly customId: number;
  readonly papers: string;
  readonly age: number;
  readonly hasThread: boolean;
  readonly isDeleted: boolean;
}

/** What a reader of the channel saw. */
export interface Witness {
  /** How often each paper was posted, up to 2. */
  readonly posted: Readonly<Record<string, number>>;
  /** Papers that may rightly stand there twice. */
  readonly excused: string;
  /** Mentions for the present slot and the one before. */
  readonly mentions: readonly [number, number];
  readonly allMentions: number;
  readonly isFirstSlot: boolean;
}

export interface World {
  /** Ticks since the present slot. */
  phase: number;
  leader: number;
  destination: Destination | undefined;
  followed: string;
  records: Readonly<Record<string, PaperRecord['kind']>>;
  deliveries: readonly OpenDelivery[];
  processes: readonly Process[];
  requests: readonly Request[];
  messages: readonly Message[];
  place: 'open' | Trouble['kind'];
  budget: Readonly<Record<Budget, number>>;
  witness: Witness;
  wrong: string | undefined;
}

export const PLACE: ChannelPlace = { kind: 'channel', channelId: '1', guildId: '2', channelKind: 'text' };

export const OFF: Process = { isOn: false, at: 'idle', left: 0 };
export const STARTED: Process = { isOn: true, at: 'idle', left: 0 };

export function newDestination({ mention }: Setting, nextSlot: number): Destination {
  return {
    id: 'c1',
    place: PLACE,
    subscriptions: [],
    // The slots of this one are the minutes, which are the cheapest to compute.
    schedule: { at: 'instantly', zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] },
    style: 'cards',
    max: 10,
    overflow: 'list',
    ...(mention ? { mention: '7' } : {}),
    nextSlot,
    createdAt: SLOT,
  };
}

export function initialWorld({ setting }: Scenario): World {
  const none = { crashes: 0, faults: 0, stalls: 0, commands: 0, barred: 0, deletions: 0, takeOvers: 0 };
  const budget = { ...none, ...setting.budget };
  return {
    phase: 0,
    leader: 0,
    destination: newDestination(setting, SLOT),
    followed: setting.papers,
    records: {},
    deliveries: [],
    processes: budget.takeOvers > 0 ? [STARTED, OFF] : [STARTED],
    requests: [],
    messages: [],
    place: 'open',
    budget,
    witness: { posted: {}, excused: '', mentions: [0, 0], allMentions: 0, isFirstSlot: true },
    wrong: undefined,
  };
}

/** What the calendar shows. */
export function timeOf({ phase }: World, { tickMs = 1 }: Setting): number {
  return SLOT + phase * tickMs;
}

export function spend(world: World, kind: Budget): void {
  world.budget = { ...world.budget, [kind]: world.budget[kind] - 1 };
}

export function setProcess(world: World, index: number, change: Partial<Process>): void {
  world.processes = world.processes.map((one, at) => (at === index ? { ...one, ...change } : one));
}

export function openDelivery(world: World, id: string | undefined): OpenDelivery | undefined {
  return world.deliveries.find(({ delivery }) => delivery.id === id);
}

/** One thing that can happen next. `rank` orders what happens when nothing goes wrong; faults have none. */
export interface Move {
  readonly label: string;
  readonly rank: number | undefined;
  readonly world: World;
}

/** Adds a move: `change` makes the present world the next one. */
export type Add = (label: string, rank: number | undefined, change: (next: World) => void) => void;
