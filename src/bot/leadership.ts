import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { HOUR_MS } from '../calendar/zoned-time.ts';
import type { Log } from '../log.ts';
import { type Lease, LEASE_MS, type LeaseView } from '../storage/ledger/lease/lease.ts';

/**
 * The life of one of several processes on one database. It begins as a standby, leads at most once, and ends then:
 *
 *     standby -- the lease is free, and it takes it --> leading -- handed over, or taken by another --> over
 *
 * A new process takes the place of one that is over, and waits as a standby.
 */
export interface Leadership {
  /** Whether this process leads, and surely still has the lease: asked right before whatever leaves. */
  holds(): boolean;
  /** Whether this process leads as far as it knows: its lease may be in doubt, for as long as the database is away. */
  leads(): boolean;
  status(): LeadershipStatus;
  /** Waits for `work`, but not for long, lets go of the lease, and does nothing more. Never rejects. */
  handOver(work: Promise<unknown>): Promise<void>;
}

export interface LeadershipStatus {
  readonly isLeader: boolean;
  /** For how long the lease holds if nothing renews it; 0 without one. */
  readonly leaseSecondsLeft: number;
  /** Of all processes, since the database was made. */
  readonly takeOvers: number;
  readonly fencedWrites: number;
  /** How far this machine's clock is ahead of the database's, in seconds. */
  readonly clockSkewSeconds: number;
}

export interface LeadershipParts {
  readonly lease: Lease;
  readonly fencedWrites: () => number;
  /** The machine's own. */
  readonly clock: Clock;
  readonly log: Log;
  /** Whether Discord cannot be reached at present. */
  readonly isCutOff: () => boolean;
  /** Called once. `othersMs`: for how long a request of the former leader may still leave. What it raises ends the process. */
  readonly onLead: (othersMs: number) => Promise<void>;
  /** The database answers again, and this process still leads. */
  readonly onResumed: () => void;
  /** This process is over and has to end. */
  readonly onOver: (message: string) => void;
}

const RENEWED_EVERY_MS = 1_000;
const LOOKED_AT_EVERY_MS = 100;
/** Every so many looks a standby tells that it is there. */
const LOOKS_TO_TELL = 10;
/** What is sent within it still arrives while the lease holds, also by a clock that goes a little faster. */
const MARGIN_MS = 250;
const HAND_OVER_WITHIN_MS = 500;
const CUT_OFF_MS = 30_000;
const MOST_SKEW_MS = 30_000;

export function startLeadership(parts: LeadershipParts): Leadership {
  const { lease, clock, log } = parts;
  const ending = new AbortController();
  let state: 'standby' | 'leading' | 'over' = 'standby';
  let renewed: Moment | undefined;
  let seen: LeaseView | undefined;
  let skewMs = 0;
  let looks = 0;
  let isTroubled = false;
  let skewToldAt: Moment | undefined;
  let cutOffAt: Moment | undefined;

  const isOver = () => state === 'over';
  const holds = () =>
    state === 'leading' &&
    lease.isConnected &&
    lease.token !== undefined &&
    renewed !== undefined &&
    !hasPassed(LEASE_MS - MARGIN_MS, renewed, clock);

  /** The answer came between the two readings of this clock. */
  function note(asked: Moment, view: LeaseView): LeaseView {
    skewMs = (asked.wall + clock.now()) / 2 - view.serverTime;
    seen = view;
    return view;
  }

  async function standBy(): Promise<void> {
    const asked = momentOf(clock);
    const mayLead = !parts.isCutOff() && Math.abs(skewMs) <= MOST_SKEW_MS;
    looks += 1;
    const { isFree } = note(asked, await lease.look(mayLead && looks % LOOKS_TO_TELL === 0));
    if (isFree && isClockRight()) await take();
  }

  function isClockRight(): boolean {
    if (Math.abs(skewMs) <= MOST_SKEW_MS) return true;
    if (skewToldAt === undefined || hasPassed(HOUR_MS, skewToldAt, clock)) {
      skewToldAt = momentOf(clock);
      const seconds = Math.round(skewMs / 1000);
      log.error(
        { seconds },
        'the clock differs from that of the database: set it, as this process does not lead',
      );
    }
    return false;
  }

  async function take(): Promise<void> {
    const asked = momentOf(clock);
    const taken = await lease.take();
    if (taken === undefined || isOver()) return;
    renewed = asked;
    state = 'leading';
    log.info({ others: Math.round(taken.leftMs) }, 'this process leads now');
    parts.onLead(taken.leftMs).catch((error: unknown) => {
      log.error({ err: error }, 'this process cannot lead');
      end('This process cannot lead, and ends. What is wrong is in the line before.');
    });
  }

  async function renew(): Promise<void> {
    const asked = momentOf(clock);
    const view = await lease.renew();
    if (view === undefined) return end('Another process has taken the lease and leads now. This one ends.');
    renewed = asked;
    const reason = reasonToGiveUp(note(asked, view));
    if (reason !== undefined) end(`${reason} Another process leads from now on, and this one ends.`);
  }

  function reasonToGiveUp({ hasStandby }: LeaseView): string | undefined {
    cutOffAt = parts.isCutOff() ? (cutOffAt ?? momentOf(clock)) : undefined;
    if (!hasStandby) return undefined;
    if (cutOffAt !== undefined && hasPassed(CUT_OFF_MS, cutOffAt, clock))
      return 'Discord could not be reached for 30 seconds.';
    return Math.abs(skewMs) > MOST_SKEW_MS ? 'The clock differs from that of the database.' : undefined;
  }

  function end(message: string): void {
    if (isOver()) return;
    state = 'over';
    ending.abort();
    parts.onOver(message);
  }

  async function live(): Promise<void> {
    while (!isOver()) {
      const wasLeading = state === 'leading';
      try {
        await (wasLeading ? renew() : standBy());
        if (isTroubled) log.info({}, 'the database answers again');
        if (isTroubled && holds()) parts.onResumed();
        isTroubled = false;
      } catch (error) {
        if (!isTroubled) log.error({ err: error }, 'the lease cannot be looked at, trying again');
        isTroubled = true;
      }
      const isCalm = wasLeading && !isTroubled;
      if (!isOver()) await clock.sleep(isCalm ? RENEWED_EVERY_MS : LOOKED_AT_EVERY_MS, ending.signal);
    }
  }

  log.info({}, 'this process stands by');
  const living = live();
  return {
    holds,
    leads: () => state === 'leading' && lease.token !== undefined,
    status() {
      const left = renewed === undefined ? 0 : LEASE_MS - (clock.monotonic() - renewed.monotonic);
      return {
        isLeader: holds(),
        leaseSecondsLeft: state === 'leading' ? Math.max(0, left / 1000) : 0,
        takeOvers: seen?.takeOvers ?? 0,
        fencedWrites: parts.fencedWrites(),
        clockSkewSeconds: skewMs / 1000,
      };
    },
    async handOver(work) {
      await Promise.race([work.catch(() => undefined), clock.sleep(HAND_OVER_WITHIN_MS)]);
      state = 'over';
      ending.abort();
      await lease.release();
      await living;
    },
  };
}
