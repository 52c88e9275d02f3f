import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import type { Log } from '../log.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';

/** Weekends are no silence: a collection that finds an empty day succeeds. */
const LONGEST_SILENCE = DAY_MS;

/** Since when the source has given nothing, once that is more than a day; `startedAt` counts where it never did. */
export function findSilence(options: {
  readonly lastCollection: Instant | undefined;
  readonly startedAt: Instant;
  readonly now: Instant;
}): Instant | undefined {
  const since = options.lastCollection ?? options.startedAt;
  return options.now - since > LONGEST_SILENCE ? since : undefined;
}

/** Says once a day that the source is silent, as nobody would notice otherwise. */
export function createSilenceWatch({
  clock,
  archive,
  log,
}: {
  readonly clock: Clock;
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly log: Log;
}): () => void {
  const startedAt = clock.now();
  let saidAt: Moment | undefined;
  return () => {
    const now = clock.now();
    const since = findSilence({ lastCollection: archive.lastCollection(now), startedAt, now });
    if (since === undefined || (saidAt !== undefined && !hasPassed(DAY_MS, saidAt, clock))) return;
    saidAt = momentOf(clock);
    log.error({ since }, 'the source has been silent for more than a day');
  };
}
