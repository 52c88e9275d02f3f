import { MINUTE_MS } from '../calendar/zoned-time.ts';

/**
 * Calls `onTick` at the start of each minute; returns what stops it. Ticks do not wait for one another. Each is timed
 * anew, so that a wall clock that is set back or ahead moves the next one by a minute at most.
 */
export function startMinuteTicks(onTick: () => void): () => void {
  let timer = setTimeout(tick, untilNextMinute());

  function tick(): void {
    timer = setTimeout(tick, untilNextMinute());
    onTick();
  }

  return () => clearTimeout(timer);
}

function untilNextMinute(): number {
  return MINUTE_MS - (Date.now() % MINUTE_MS);
}
