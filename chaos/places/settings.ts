import type { Between, Following, Settings } from '../audit/history.ts';

/** What a person tells the bot about one channel. */
export type Order =
  | { readonly kind: 'follow'; readonly query: string; readonly minUpvotes: number }
  | ({ readonly kind: 'schedule' } & ScheduleOrder)
  /** A roundup of each week. */
  | { readonly kind: 'roundup'; readonly on: number; readonly minute: number }
  | { readonly kind: 'unfollow'; readonly query: string }
  /** By the card of a paper, in the place that it is about. */
  | { readonly kind: 'follow-paper'; readonly paperId: string }
  | { readonly kind: 'unfollow-paper'; readonly paperId: string }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'remove' }
  /** By the button under the answer to following; too late it is done by a command. */
  | { readonly kind: 'undo'; readonly query: string; readonly button: ControlId }
  /** By the menu under the first such answer. */
  | { readonly kind: 'zone'; readonly zone: string; readonly menu: ControlId }
  /** Resumes what was refused, if anything was. */
  | { readonly kind: 'reopen' }
  | { readonly kind: 'send-now'; readonly query: string; readonly minUpvotes: number };

/** A button or menu, which stays usable. */
export interface ControlId {
  readonly messageId: string;
  readonly customId: string;
}

export interface ScheduleOrder {
  readonly minute?: number | 'instantly';
  readonly zone?: string;
  readonly days?: readonly number[];
  readonly style?: string;
  readonly max?: number;
  readonly rest?: string;
  /** Role id; null for none. */
  readonly mention?: string | null;
}

/** Those of a channel that gets its first topic, as `/subscribe` says. */
const FIRST: Omit<Settings, 'follows' | 'scheduledSince'> = {
  minute: 9 * 60,
  zone: 'UTC',
  days: [1, 2, 3, 4, 5, 6, 7],
  style: 'cards',
  max: 8,
  rest: 'list',
  isPaused: false,
};

/** The settings once an order has taken effect, which was within `when` on the replayed clock. */
export function applyOrder(present: Settings | undefined, order: Order, when: Between): Settings | undefined {
  if (order.kind === 'follow') return follow(present, order, when);
  if (present === undefined || order.kind === 'remove') return undefined;
  if (order.kind === 'pause') return { ...present, isPaused: true };
  if (order.kind === 'resume')
    return { ...present, ...renewRoundup(present, when), isPaused: false, scheduledSince: when };
  if (order.kind === 'roundup')
    return { ...present, roundup: { on: order.on, minute: order.minute, since: when } };
  if (order.kind === 'reopen') return reopen(present, when);
  if (order.kind === 'schedule') return reschedule(present, order, when);
  if (order.kind === 'zone') return reschedule(present, { zone: order.zone }, when);
  if (order.kind !== 'unfollow' && order.kind !== 'undo') return present;
  const follows = present.follows.filter(({ query }) => query !== order.query);
  return follows.length === 0 ? undefined : { ...present, follows };
}

/** Whether what is on its way is stopped by it. */
export function isCancelling({ kind }: Order): boolean {
  return kind === 'unfollow' || kind === 'undo' || kind === 'pause' || kind === 'remove';
}

function follow(
  present: Settings | undefined,
  { query, minUpvotes }: Order & { readonly kind: 'follow' },
  when: Between,
): Settings {
  const before = present ?? { ...FIRST, follows: [], scheduledSince: when };
  const held = before.follows.find((one) => one.query === query);
  const made: Following = { query, minUpvotes, since: held?.since ?? when };
  const follows =
    held === undefined ? [...before.follows, made] : before.follows.map((one) => (one === held ? made : one));
  return { ...before, follows };
}

/** Whether there was anything to resume nobody can tell here. */
function reopen(present: Settings, { latest }: Between): Settings {
  const { earliest } = present.scheduledSince;
  const since = { earliest, latest };
  return { ...present, ...renewRoundup(present, since), isPaused: false, scheduledSince: since };
}

function renewRoundup({ roundup }: Settings, since: Between): Pick<Settings, 'roundup'> {
  return roundup === undefined ? {} : { roundup: { ...roundup, since } };
}

function reschedule(present: Settings, order: ScheduleOrder, when: Between): Settings {
  const { mention: before, instantSince: since, ...settings } = present;
  const mention = order.mention === undefined ? before : (order.mention ?? undefined);
  const { minute } = order;
  const isInstant = minute === undefined ? since !== undefined : minute === 'instantly';
  const schedule = {
    minute: typeof minute === 'number' ? minute : present.minute,
    zone: order.zone ?? present.zone,
    days: order.days ?? present.days,
  };
  const isSame =
    isInstant === (since !== undefined) &&
    schedule.minute === present.minute &&
    schedule.zone === present.zone &&
    schedule.days.join() === present.days.join();
  return {
    ...settings,
    ...(schedule.zone === present.zone ? {} : renewRoundup(present, when)),
    ...schedule,
    ...(isInstant ? { instantSince: since ?? when } : {}),
    style: order.style ?? present.style,
    max: order.max ?? present.max,
    rest: order.rest ?? present.rest,
    ...(mention === undefined ? {} : { mention }),
    scheduledSince: isSame ? present.scheduledSince : when,
  };
}
