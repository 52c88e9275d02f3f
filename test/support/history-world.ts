import type { Random } from '../../src/calendar/clock.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { createDailyFlow, type DailyFlow } from '../../src/digest/daily-flow.ts';
import type { Delivery, PlannedStep } from '../../src/digest/delivery.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import { createKeyvDeliveryStore, type KeyvDeliveryStore } from '../../src/storage/keyv-delivery-store.ts';
import type { SentMarks } from '../../src/storage/state/sent-marks.ts';
import { pickOne } from '../../chaos/random.ts';
import { buildPaper } from './build-paper.ts';
import { createFaultRecords } from './fault-records.ts';
import { createFaultWrites, type Life } from './fault-writes.ts';
import { createMemoryDisk, createMemoryStores } from './memory-stores.ts';
import { createScriptedClock, letRun } from './scripted-clock.ts';
import { createScriptedMessenger } from './scripted-messenger.ts';
import { createSlowEdges } from './slow-edges.ts';

interface Bot {
  readonly life: Life;
  readonly flow: DailyFlow;
  readonly deliveries: KeyvDeliveryStore;
}

export type HistoryWorld = Awaited<ReturnType<typeof createHistoryWorld>>;

/** The real flow on the real delivery store, over a disk that fails and in processes that end, as chance has it. */
export async function createHistoryWorld(random: Random, start: Instant) {
  const story: string[] = [];
  const clock = createScriptedClock(start);
  const tell = (event: string) => void story.push(`${new Date(clock.now()).toISOString()} ${event}`);
  const kind = pickOne<PlannedStep['kind']>(random, ['message', 'forum-post']);
  const messenger = createScriptedMessenger(clock, { perStep: pickOne(random, [1, 2, 10]), kind });
  if (random() < 0.3) messenger.withThreads();
  const disk = createMemoryDisk();
  const papers = new Map<string, ArchivedPaper>();
  const faults = createFaultWrites(random, tell);
  const rows = {
    plans: new Map<string, Delivery>(),
    courses: new Map<string, Delivery>(),
    sentMarks: new Map<string, SentMarks>(),
  };
  let lastCollection: Instant | undefined;
  let isCalm = false;
  let bot = await startBot();

  async function startBot(): Promise<Bot> {
    const life = { hasEnded: false };
    const write = faults.writesOf(life);
    const records = {
      plans: createFaultRecords(write, rows.plans),
      courses: createFaultRecords(write, rows.courses),
      sentMarks: createFaultRecords(write, rows.sentMarks),
    };
    const deliveries = await createKeyvDeliveryStore(records, clock);
    const around = { random, clock, messenger, papers, tell };
    const edges = createSlowEdges(
      { ...around, lastCollection: () => lastCollection, isCalm: () => isCalm },
      life,
    );
    const flow = createDailyFlow({ ...edges, ...createMemoryStores(disk, write), deliveries });
    return { life, flow, deliveries };
  }

  /** A process that has ended is started again, sooner or later. */
  async function revive(): Promise<void> {
    if (!bot.life.hasEnded) return;
    await clock.passTo(clock.now() + pickOne(random, [1, 5, 60, 600]) * MINUTE_MS);
    faults.clear();
    bot = await startBot();
    tell('started');
    void bot.flow.resume();
  }

  async function passTo(until: Instant): Promise<void> {
    await clock.passTo(until);
    await revive();
  }

  /** The minute of the scheduler, and a while for what it starts. */
  async function tick(turns: number): Promise<void> {
    void bot.flow.runDue();
    for (let turn = 0; turn < turns; turn += 1) await letRun();
  }

  return {
    clock,
    disk,
    messenger,
    papers,
    story,
    faults,
    tell,
    passTo,
    tick,
    kind,
    bot: () => bot,
    plans: rows.plans,

    list(count: number): void {
      for (let made = 0; made < count; made += 1) {
        const id = `2606.${String(papers.size + 1).padStart(5, '0')}`;
        const title = `${pickOne(random, ['A', 'B', 'AB'])} ${id}`;
        const listed = { listDay: listDayAt(clock.now()), firstSeenAt: clock.now() };
        papers.set(id, { ...buildPaper({ id, title }), ...listed });
      }
    },
    collect(): void {
      lastCollection = clock.now();
    },
    /** The process is told to stop, and is gone ten minutes later. */
    async stop(): Promise<void> {
      void bot.flow.drain();
      await clock.passTo(clock.now() + 10 * MINUTE_MS);
      bot.life.hasEnded = true;
      await revive();
    },
    /** Nothing goes wrong from now on. */
    async calmDown(): Promise<void> {
      isCalm = true;
      faults.clear();
      await revive();
    },
    /** Hour by hour with every collection, up to an instant. */
    async liveQuietlyTo(until: Instant): Promise<void> {
      while (clock.now() < until) {
        await passTo(Math.min(until, clock.now() + HOUR_MS + MINUTE_MS));
        lastCollection = clock.now();
        await tick(40);
      }
    },
  };
}
