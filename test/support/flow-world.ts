import { listDayAt } from '../../src/calendar/list-day.ts';
import { type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { createDailyFlow, type DailyFlow } from '../../src/digest/daily-flow.ts';
import type { PlannedStep } from '../../src/digest/delivery.ts';
import type { FlowDependencies } from '../../src/digest/flow-dependencies.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { buildDestination, buildSubscription } from './build-destination.ts';
import { buildPaper } from './build-paper.ts';
import { createMemoryDisk, createMemoryStores, type Write, writeThrough } from './memory-stores.ts';
import { createScriptedClock, letRun } from './scripted-clock.ts';
import { createScriptedMessenger } from './scripted-messenger.ts';

export const CHANNEL = 'c100000000000000001';
/** A topic whose query the archive cannot read. */
export const UNREADABLE = { name: 'Unreadable', query: '(' };

export type FlowWorld = ReturnType<typeof createFlowWorld>;

/** A bot with Hugging Face, Discord, disk and clock scripted; all else is the real flow. */
export function createFlowWorld(
  options: {
    start?: Instant;
    perStep?: number;
    kind?: PlannedStep['kind'];
    /** One plan ahead, and no turn to send before this resolves. */
    firstTurn?: Promise<void>;
  } = {},
) {
  const clock = createScriptedClock(options.start ?? Date.UTC(2026, 5, 8, 12));
  const disk = createMemoryDisk();
  const messenger = createScriptedMessenger(clock, {
    perStep: options.perStep ?? 3,
    kind: options.kind ?? 'message',
  });
  const papers = new Map<string, ArchivedPaper>();
  const logged: { level: string; message: string }[] = [];
  const fatal: string[] = [];
  let write: Write = writeThrough;
  let lastCollection: Instant | undefined;
  let isSourceUp = true;
  let flow = start();

  function matching(query: string, after = ''): readonly ArchivedPaper[] {
    return [...papers.values()].filter(
      ({ title, listDay }) => title.includes(query) && listDay !== undefined && listDay > after,
    );
  }

  /** A process of its own: nothing that an earlier one still wants reaches the disk or the medium. */
  function start(): DailyFlow {
    const life: { ended?: true } = {};
    const stores = createMemoryStores(disk, (apply, what) => {
      if (life.ended) throw new Error('this process has ended');
      try {
        write(apply, what);
      } catch (error) {
        if (error instanceof Crash) life.ended = true;
        throw error;
      }
    });
    const deps: FlowDependencies = {
      clock,
      random: () => 0.5,
      archive: { lastCollection: () => lastCollection },
      matchTopics: async (queries, { after }) => {
        const readable = queries.filter((query) => query !== UNREADABLE.query);
        return new Map(readable.map((query) => [query, matching(query, after)]));
      },
      ...stores,
      messenger: {
        ...messenger,
        send: (request) =>
          life.ended ? Promise.reject(new Error('this process has ended')) : messenger.send(request),
      },
      plansAhead: options.firstTurn ? { channels: 1, dms: 1 } : { channels: Infinity, dms: Infinity },
      inTurn: async (_, task) => {
        await options.firstTurn;
        return task();
      },
      log: {
        info: (_, message) => logged.push({ level: 'info', message }),
        warn: (_, message) => logged.push({ level: 'warn', message }),
        error: (_, message) => logged.push({ level: 'error', message }),
      },
      onFatal: (message) => fatal.push(message),
    };
    return createDailyFlow(deps);
  }

  async function tick(): Promise<void> {
    if (isSourceUp) lastCollection = clock.now();
    void flow.runDue();
    await letRun();
  }

  return {
    clock,
    disk,
    messenger,
    logged,
    fatal,
    tick,
    flow: () => flow,

    /** Makes a destination, or changes it, and follows a topic there. */
    follow(about: Partial<Destination> = {}, subscription: Partial<Subscription> = {}): Subscription {
      const id = about.id ?? CHANNEL;
      const before = disk.destinations.get(id);
      const since = { scheduledSince: clock.now(), createdAt: clock.now() };
      disk.destinations.set(id, before ?? buildDestination({ ...since, ...about }));
      const followed = disk.subscriptions.get(id) ?? [];
      const made = buildSubscription({
        id: `s${id}${followed.length}`,
        destinationId: id,
        startDay: listDayAt(clock.now()),
        ...subscription,
      });
      disk.subscriptions.set(id, [...followed, made]);
      return made;
    },

    /** Hugging Face lists papers, on the current list day where none is named; known ones keep their first day. */
    list(ids: readonly string[], about: Partial<ArchivedPaper> = {}): void {
      for (const id of ids) {
        const before = papers.get(id);
        const listDay = before?.listDay ?? about.listDay ?? listDayAt(clock.now());
        const firstSeenAt = before?.firstSeenAt ?? about.firstSeenAt ?? clock.now();
        papers.set(id, { ...buildPaper({ id }), ...before, ...about, firstSeenAt, listDay });
      }
    },

    /** Hugging Face stops answering, or answers again. */
    setSource(up: boolean): void {
      isSourceUp = up;
    },

    /** Every minute, or every few, up to and with an instant. */
    async passTo(until: Instant, every = MINUTE_MS): Promise<void> {
      while (clock.now() < until) {
        await clock.passTo(Math.min(until, clock.now() + every));
        await tick();
      }
    },

    /** How writes go from now on. */
    setWrite(next: Write): void {
      write = next;
    },

    /** A new process on the same disk. */
    async restart(): Promise<void> {
      write = writeThrough;
      flow = start();
      void flow.resume();
      await letRun();
    },

    destination: (id = CHANNEL) => disk.destinations.get(id),
    /** What a person changes about a destination. */
    change(make: (destination: Destination) => Destination, id = CHANNEL): void {
      const destination = disk.destinations.get(id);
      if (destination !== undefined) disk.destinations.set(id, make(destination));
    },
    /** The papers posted at a destination, in order. */
    posted: (id = CHANNEL) =>
      messenger.posts.filter((post) => post.destinationId === id).flatMap((post) => post.papers),
    posts: (id = CHANNEL) => messenger.posts.filter((post) => post.destinationId === id),
    attempts: (id = CHANNEL) => messenger.attempts.filter((one) => one.destinationId === id),
    deliveries: () => [...disk.deliveries.values()],
  };
}

/** The process ends at once. */
export class Crash extends Error {
  override readonly name = 'Crash';
}
