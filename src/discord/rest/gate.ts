import type { Clock } from '../../calendar/clock.ts';

/** Ends a stay; its place is free again that many ms later. */
export type Leave = (afterMs?: number) => void;

/** First come, first served. */
export interface Gate {
  /** Resolves when it is one's turn; at once, and without a place, when the signal is aborted. */
  enter(signal?: AbortSignal | null): Promise<Leave>;
  /** Lets nobody in for so long. */
  closeFor(ms: number): void;
  /** Milliseconds. */
  closedFor(): number;
}

export interface GateOptions {
  readonly clock: Clock;
  /** How many can be inside at once. */
  readonly places: number;
  /** Milliseconds from one to the next, on the whole: a few may come at once after a pause. */
  readonly spacing: number;
}

/** How many may come early, to make up for a late timer. */
const MAKE_UP = 4;

const leaveNothing: Leave = () => undefined;

export function createGate({ clock, places, spacing }: GateOptions): Gate {
  const waiting = new Set<() => void>();
  const freeAt: number[] = [];
  let inside = 0;
  let nextAt = -Infinity;
  let closedUntil = -Infinity;
  let alarmAt = Infinity;

  function letIn(): void {
    const now = clock.now();
    for (const proceed of waiting) {
      if (!goIn(now)) break;
      waiting.delete(proceed);
      proceed();
    }
    if (waiting.size > 0) setAlarm(now);
  }

  /** Takes a place, if there is one and it is time for the next. */
  function goIn(now: number): boolean {
    while (freeAt[0] !== undefined && freeAt[0] <= now) freeAt.shift();
    if (inside + freeAt.length >= places || now < opensAt()) return false;
    inside += 1;
    nextAt = Math.max(nextAt, now - MAKE_UP * spacing) + spacing;
    return true;
  }

  function opensAt(): number {
    return Math.max(nextAt, closedUntil);
  }

  /** Without one, whoever leaves next lets the next one in. */
  function setAlarm(now: number): void {
    const at = inside + freeAt.length < places ? opensAt() : (freeAt[0] ?? Infinity);
    if (at >= alarmAt) return;
    alarmAt = at;
    void letInLater(at, now);
  }

  async function letInLater(at: number, now: number): Promise<void> {
    await clock.sleep(Math.ceil(at - now));
    if (alarmAt === at) alarmAt = Infinity;
    letIn();
  }

  function leave(afterMs = 0): void {
    inside -= 1;
    if (afterMs > 0) freeAt.push(clock.now() + afterMs);
    letIn();
  }

  return {
    async enter(signal) {
      if (signal?.aborted === true) return leaveNothing;
      if (waiting.size === 0 && goIn(clock.now())) return leave;
      return await new Promise((resolve) => {
        const giveUp = () => {
          waiting.delete(proceed);
          resolve(leaveNothing);
        };
        const proceed = () => {
          signal?.removeEventListener('abort', giveUp);
          resolve(leave);
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.add(proceed);
        letIn();
      });
    },
    closeFor(ms) {
      closedUntil = Math.max(closedUntil, clock.now() + ms);
    },
    closedFor: () => Math.max(0, closedUntil - clock.now()),
  };
}
