import type { Clock } from '../calendar/clock.ts';
import { isWeekend, type ListDay } from '../calendar/list-day.ts';
import { addDays } from '../calendar/zoned-time.ts';
import { planBackfill } from './backfill.ts';
import { collectDays, firstPlannedDay } from './collect.ts';
import type { PaperArchive } from './paper-archive.ts';
import type { PaperSource } from './paper-source.ts';

export interface OlderDays {
  /** Goes on collecting older days unless it does already. Never rejects. */
  goOn(): void;
  /** What it has got is kept, and is not collected again. */
  stop(): Promise<void>;
}

interface Reach {
  readonly archive: Pick<PaperArchive, 'collectedDays'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The oldest list day to collect. */
  readonly archiveSince: ListDay;
}

export interface OlderDaysOptions extends Reach {
  readonly source: Pick<PaperSource, 'listOlderDay'>;
  readonly archive: PaperArchive;
  readonly clock: Clock;
  readonly log: Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
}

/** With the time that a request takes, a thousand days are collected within an hour and a half. */
const PAUSE_MS = 3_000;
/** After as many failed days in a row the next collection begins anew: Hugging Face is not well. */
const MAX_FAILURES = 3;

/** The days before those that every collection looks at, newest first. */
function planOlderDays({ archive, clock, archiveSince }: Reach): readonly ListDay[] {
  const now = clock.now();
  const end = firstPlannedDay(now);
  return planBackfill(now, archiveSince, archive.collectedDays(archiveSince, now)).filter((day) => day < end);
}

/** The day since when the archive is whole, while older days are missing. Raises `StorageError`. */
export function findReach(reach: Reach): ListDay | undefined {
  const [missing] = planOlderDays(reach);
  if (missing === undefined) return undefined;
  let day = addDays(missing, 1);
  while (isWeekend(day)) day = addDays(day, 1);
  return day;
}

/** Fills a young archive while nothing else wants Hugging Face, so that a search finds more than last month. */
export function createOlderDays(options: OlderDaysOptions): OlderDays {
  const { archive, clock, log } = options;
  const source = { listDay: options.source.listOlderDay };
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  async function collect(): Promise<void> {
    const days = planOlderDays(options);
    if (days.length > 0) log.info({ days: days.length }, 'collecting older days');
    let failures = 0;
    for (const day of days) {
      await clock.sleep(PAUSE_MS, signal);
      if (signal.aborted || failures === MAX_FAILURES) return;
      const { failed } = await collectDays({ source, archive, clock, log, signal }, [day]);
      failures = failed.length > 0 ? failures + 1 : 0;
    }
    if (days.length > 0) log.info({ days: days.length }, 'older days collected');
  }

  return {
    goOn() {
      if (signal.aborted) return;
      running ??= collect()
        .catch((error: unknown) => log.error({ err: error }, 'older days could not be collected'))
        .finally(() => {
          running = undefined;
        });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
