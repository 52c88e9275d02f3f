import type { Clock } from '../../calendar/clock.ts';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';

export interface UnknownPapers {
  has(id: string): boolean;
  add(id: string): void;
}

/** Hugging Face may index a paper any time. */
const KEPT_MS = 10 * MINUTE_MS;

/** Papers that the source did not know minutes ago. As many as the budget of look-ups lets through in that time. */
export function createUnknownPapers(clock: Pick<Clock, 'monotonic'>): UnknownPapers {
  const askedAt = new Map<string, number>();
  const isOld = (at: number) => clock.monotonic() - at >= KEPT_MS;
  return {
    has: (id) => !isOld(askedAt.get(id) ?? -Infinity),
    add(id) {
      for (const [other, at] of askedAt) if (isOld(at)) askedAt.delete(other);
      askedAt.set(id, clock.monotonic());
    },
  };
}
