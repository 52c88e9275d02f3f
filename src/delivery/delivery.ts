import type { Instant } from '../calendar/zoned-time.ts';
import type { GiveUpReason, OpenPlace } from '../subscriptions/destination.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One request that puts something into Discord, as it is planned. */
export interface PlannedStep {
  /** Its number for ever, unique in its delivery: its nonce and custom ids carry it. */
  readonly n: number;
  readonly kind: 'message' | 'forum-post' | 'thread' | 'poll' | 'event';
  /** The number of the step whose message the thread, poll or event belongs to. */
  readonly threadOf?: number;
  /** Ids of the papers that it shows; none for a thread, and for the message that only mentions the role. */
  readonly papers: readonly string[];
  /** `plain`: as text alone, which is what is left when Discord refuses the rich form. */
  readonly form: 'rich' | 'plain';
  /**
   * What it shows, without the words: opaque to all but the renderer, which makes the message when it is sent. Not kept
   * once the step was sent or the delivery is closed.
   */
  readonly view?: Json;
}

/** A step as it is sent; opaque to all but the renderer and the transport. */
export interface RenderedStep {
  readonly payload: Json;
  /** The fingerprint of a message that edits keep up to date. */
  readonly shown?: string;
}

/**
 * - `planned`: nothing of it is in Discord, and it is to be sent.
 * - `attempted`: a request is on its way, or was when its process ended.
 * - `uncertain`: tried, and no answer is known.
 * - `sent`, `skipped` (a thread that cannot be had), `refused` (for its content), `split` (sent as other steps).
 * - `barred`: the place lets nobody in.
 * - `unknown`: nobody will ever be able to tell; its papers are free again.
 */
export type StepStatus =
  'planned' | 'attempted' | 'uncertain' | 'sent' | 'skipped' | 'refused' | 'split' | 'barred' | 'unknown';

/** What is known of a message or post that was made. */
export interface SentMessage {
  readonly messageId?: string;
  /** See `RenderedStep`; unknown where a look-up found the message. Not kept. */
  readonly shown?: string;
}

export interface Step extends PlannedStep, SentMessage {
  /** Where it comes in the order of sending; steps of a split have their parent's, then by number. */
  readonly position: number;
  readonly status: StepStatus;
  /** Attempts whose effect is not known, with the one under way. */
  readonly attempts: number;
  /** When the first of them was made at the earliest, by Discord's clock: a look-up goes back to it. */
  readonly firstAttemptAt?: Instant;
  /** The code with which the content of a later attempt was refused, while an earlier one is uncertain. */
  readonly refusal?: number;
  /** Whether it carries the mention of the role. */
  readonly mentions: boolean;
  /** Sent again, or given up, although nobody could tell what became of an attempt: it may stand there twice. */
  readonly unconfirmed: boolean;
  /** Discord's code, where it refused. */
  readonly code?: number;
}

export type DeliveryState = 'open' | 'done' | 'rejected' | 'expired' | 'cancelled';

/** The durable record of one digest being sent. */
export interface Delivery {
  /** 16 random characters of `[a-z0-9]`: no two plans ever share a nonce. */
  readonly id: string;
  readonly destinationId: string;
  /** As it was planned: look-ups need it after the destination was removed. */
  readonly place: OpenPlace;
  /**
   * `notice`: what has come to followed papers; its `papers` are keys, see `noticeKey`. `meeting`: of a reading group, see
   * `planDelivery`. `roundup`: of a week or month, see `roundupKey`.
   */
  readonly kind: 'digest' | 'sample' | 'notice' | 'meeting' | 'roundup';
  /** Of a sample: the subscription that it shows. */
  readonly subscriptionId?: string;
  /**
   * The slot of a digest or roundup; the instant of the press for a sample ("Send one now"), of the plan for a notice; for a meeting a
   * day before it is of no use any more.
   */
  readonly slot: Instant;
  readonly state: DeliveryState;
  /** Why and when it was given up: nothing more is sent, and it stays open until the look-up for its uncertain step answers. */
  readonly givenUp?: { readonly reason: GiveUpReason; readonly at: Instant };
  /** Whether the role is still to be mentioned: `due`, or `out` with the step that has it. */
  readonly mention: 'none' | 'due' | 'out';
  /** Papers passed over for good once it is done. */
  readonly hidden: readonly string[];
  /** Papers that Discord refused at the end of the delivery before, when the place was held to be at fault. */
  readonly suspects?: readonly string[];
  readonly plannedAt: Instant;
  readonly closedAt?: Instant;
  /** In the order of sending. */
  readonly steps: readonly Step[];
}

/** What became of one paper at one destination. Whatever its kind, the paper is not chosen again. */
export interface PaperRecord {
  readonly paperId: string;
  /** `refused`: Discord does not take it; `hidden`: passed over, see `overflow`. */
  readonly kind: 'sent' | 'refused' | 'hidden';
  readonly messageId?: string;
  readonly code?: number;
  readonly unconfirmed?: boolean;
  readonly at: Instant;
}

/** Invalid form body. */
export const INVALID_FORM = 50_035;

/** A step that was not attempted yet. */
export function planStep(step: PlannedStep, position: number): Step {
  return {
    ...step,
    position,
    status: 'planned',
    attempts: 0,
    mentions: false,
    unconfirmed: false,
  };
}

/** A message that only mentions the role, before the papers: one with components would be an empty notification. */
export function isAnnouncement({ kind, papers }: Pick<PlannedStep, 'kind' | 'papers'>): boolean {
  return kind === 'message' && papers.length === 0;
}

/** Numbers that no step of the delivery has had. */
export function freshNumbers(delivery: Delivery, count: number): readonly number[] {
  const next = Math.max(-1, ...delivery.steps.map(({ n }) => n)) + 1;
  return Array.from({ length: count }, (_, index) => next + index);
}

/**
 * The channel, or the server, is gone.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
 */
export const GONE_CODES: readonly unknown[] = [10_003, 10_004];

/** Raises `RangeError` where there is none. */
export function stepOf(delivery: Delivery, n: number): Step {
  const step = delivery.steps.find((one) => one.n === n);
  if (step === undefined) throw new RangeError(`delivery ${delivery.id} has no step ${n}`);
  return step;
}

/**
 * The one code with which Discord refused each paper since the last that got through, where those are several: that is the
 * fault of the place (`INVALID_FORM`: of the renderer), and no paper's. A suspect that is refused again, though others got
 * through since, is at fault itself.
 */
export function refusalByPlace({
  steps,
  suspects = [],
}: Pick<Delivery, 'steps' | 'suspects'>): number | undefined {
  const known = steps.some(isPaperSent) ? suspects : [];
  const last = sinceLastSent(steps).filter(
    ({ papers, status }) =>
      papers.length > 0 && status !== 'split' && !papers.every((paperId) => known.includes(paperId)),
  );
  const [first, ...others] = last;
  if (first?.code === undefined || others.length === 0) return undefined;
  const isSame = last.every(({ status, code }) => status === 'refused' && code === first.code);
  return isSame ? first.code : undefined;
}

/** The papers that a delivery leaves to the next one, as it holds the place to be at fault. */
export function suspectsOf(delivery: Delivery): readonly string[] {
  if (refusalByPlace(delivery) === undefined) return [];
  const refused = sinceLastSent(delivery.steps).filter(({ status }) => status === 'refused');
  return refused.flatMap(({ papers }) => papers);
}

function sinceLastSent(steps: readonly Step[]): readonly Step[] {
  return steps.slice(steps.findLastIndex(isPaperSent) + 1);
}

function isPaperSent({ status, papers }: Step): boolean {
  return status === 'sent' && papers.length > 0;
}

/** What is recorded when a delivery closes: the papers that Discord refused, and those that were passed over. */
export function closingRecords(delivery: Delivery, at: Instant): readonly PaperRecord[] {
  const { steps, state } = delivery;
  // A refusal proves nothing against a paper before another one got through, see `refusalByPlace`.
  const unproven = state === 'done' ? [] : sinceLastSent(steps);
  const refused = steps.filter(
    (step) => step.status === 'refused' && step.papers.length === 1 && !unproven.includes(step),
  );
  const hidden = state === 'done' ? delivery.hidden : [];
  return [
    ...refused.flatMap((step) => recordsOf(step, 'refused', at)),
    ...hidden.map((paperId): PaperRecord => ({ paperId, kind: 'hidden', at })),
  ];
}

export function recordsOf(
  { papers, messageId, code, unconfirmed }: Step,
  kind: 'sent' | 'refused',
  at: Instant,
): readonly PaperRecord[] {
  return papers.map((paperId) => ({
    paperId,
    kind,
    at,
    ...(messageId === undefined ? {} : { messageId }),
    ...(code === undefined ? {} : { code }),
    ...(unconfirmed ? { unconfirmed } : {}),
  }));
}
