import path from 'node:path';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, afterEach } from 'vitest';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import type { Delivery } from '../../src/delivery/delivery.ts';
import type { DeliveryLedger } from '../../src/delivery/delivery-ledger.ts';
import type { Digest } from '../../src/digest/choose.ts';
import type { SampleResult } from '../../src/digest/plan.ts';
import { StorageError } from '../../src/errors.ts';
import { noticeKey, parseNoticeKey } from '../../src/digest/notices/notice-key.ts';
import { createScheduler, type Scheduler } from '../../src/digest/scheduler.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import {
  changeSchedule,
  type ScheduleChange,
  pauseDestination,
  resumeDestination,
} from '../../src/subscriptions/change-schedule.ts';
import { followPaper, type PaperFollow, unfollowPaper } from '../../src/subscriptions/follow-paper.ts';
import type { Destination, DestinationStore, OpenPlace } from '../../src/subscriptions/destination.ts';
import { firstSlot } from '../../src/subscriptions/schedule.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { removeDestination, unfollowTopic } from '../../src/subscriptions/unfollow-topic.ts';
import { type Ledger, openLedger } from '../../src/storage/ledger/open-ledger.ts';
import { createRandom } from '../../chaos/random.ts';
import { buildDestination, buildSubscription } from './build-destination.ts';
import { buildPaper } from './build-paper.ts';
import { createScriptedClock, letRun } from './scripted-clock.ts';
import { createScriptedTransport, layOut, type Layout } from './scripted-transport.ts';
import { createTestLog } from './test-log.ts';

export const CHANNEL = 'c100000000000000001';
/** Tuesday 9 June 2026, nine in Berlin: the first slot. */
export const SLOT = Date.UTC(2026, 5, 9, 7);
/** A topic whose query the archive cannot read. */
export const UNREADABLE = { name: 'Unreadable', query: '(' };

export type DeliveryWorld = Awaited<ReturnType<typeof createDeliveryWorld>>;

/** Makes one write happen, or raises before or after it. `what` names the write. */
export type Write = <T>(apply: () => Promise<T>, what: string) => Promise<T>;

const writeThrough: Write = (apply) => apply();

/** One process: once it has ended, nothing that it still wants reaches the ledger or Discord. */
interface Life {
  hasEnded: boolean;
}

/** The process ends at once. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** In memory where the system has such a folder: every write waits for its disk. */
const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'paperboy-'));
const opened: Ledger[] = [];
let worlds = 0;

afterEach(async () => {
  for (const ledger of opened.splice(0)) await ledger.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The real scheduler on a real ledger, with Hugging Face, Discord and the clock scripted. */
export async function createDeliveryWorld(
  options: Partial<Layout> & {
    readonly start?: Instant;
    /** Nobody gets a turn before it resolves. */
    readonly firstTurn?: Promise<void>;
    /** What a request waits for before it leaves. */
    readonly wait?: () => Promise<void>;
  } = {},
) {
  let calls = 0;
  const clock = createScriptedClock(options.start ?? Date.UTC(2026, 5, 8, 12), settleDown);
  const random = createRandom(1, 0);
  const layout: Layout = { perStep: 3, kind: 'message', ...options };
  const transport = createScriptedTransport(clock);
  const papers = new Map<string, ArchivedPaper>();
  const { log, logged } = createTestLog();
  const fatal: string[] = [];
  const digests: Digest[] = [];
  const ledger = await openLedger({ url: `sqlite://${path.join(folder, `${worlds++}.sqlite`)}`, clock, log });
  opened.push(ledger);
  const destinations = countCalls(ledger.destinations);
  const deliveryLedger = countCalls(ledger.deliveries);
  let write: Write = writeThrough;
  let lastCollection: Instant | undefined;
  let isSourceUp = true;
  let isArchiveReadable = true;
  let current: Life = { hasEnded: false };
  let scheduler = start();

  function matching(query: string, after = ''): readonly ArchivedPaper[] {
    return [...papers.values()].filter(
      ({ title, listDay }) => title.includes(query) && listDay !== undefined && listDay > after,
    );
  }

  function start(): Scheduler {
    const life: Life = { hasEnded: false };
    current = life;
    const guarded: Write = async (apply, what) => {
      if (life.hasEnded) return await new Promise(() => undefined);
      try {
        return await write(apply, what);
      } catch (error) {
        if (error instanceof Crash) life.hasEnded = true;
        throw error;
      }
    };
    return createScheduler({
      clock,
      random,
      archive: {
        lastCollection() {
          if (!isArchiveReadable) throw new StorageError('The archive could not be read.');
          return lastCollection;
        },
        paper: (id) => papers.get(id),
      },
      follows: ledger.follows,
      layOutNotice: ({ n, paperId, events }) => ({
        n,
        kind: 'message',
        form: 'plain',
        papers: events.map((event) => noticeKey(paperId, event)),
        view: 'news',
      }),
      matchTopics: async (queries, { after }) => {
        const readable = queries.filter((query) => query !== UNREADABLE.query);
        return new Map(readable.map((query) => [query, matching(query, after)]));
      },
      matchForYou: async () => ({ papers: [], labels: new Map() }),
      gatherRoundup: async () => undefined,
      layOutRoundup: (_, { key }) => ({
        n: 0,
        kind: 'message',
        form: 'plain',
        papers: [key],
        view: 'roundup',
      }),
      destinations: guardDestinations(destinations, guarded),
      ledger: guardDeliveries(deliveryLedger, guarded),
      transport: {
        ...transport,
        async send(request) {
          await options.wait?.();
          return life.hasEnded ? await new Promise<never>(() => undefined) : transport.send(request);
        },
      },
      layOut: (digest) => {
        digests.push(digest);
        return layOut(digest, layout);
      },
      layOutAnnouncement: (_, n) => ({ n, kind: 'message', form: 'plain', papers: [], view: 'mention' }),
      render: ({ papers: shown, view = null }) =>
        shown.length === 0 || shown.some((key) => papers.has(parseNoticeKey(key)?.paperId ?? key))
          ? { payload: view }
          : undefined,
      layOutAlone: (step, numbers) =>
        step.papers.map((paper, index) => ({
          n: numbers[index] ?? -1,
          kind: step.kind,
          form: 'rich',
          papers: [paper],
          view: 'card',
        })),
      lanes: { channel: inTurn, dm: inTurn },
      log,
      onFatal: (message) => fatal.push(message),
    });
  }

  /** The calls of a store that are under way are counted. */
  function countCalls<Store extends object>(store: Store): Store {
    return new Proxy(store, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          calls += 1;
          try {
            return await method(...given);
          } finally {
            calls -= 1;
          }
        };
      },
    });
  }

  /** Everything that can go on without time passing does so. */
  async function settleDown(): Promise<void> {
    for (let idle = 0; idle < 4; idle = calls > 0 ? 0 : idle + 1) await letRun();
  }

  async function inTurn<T>(task: () => Promise<T>): Promise<T> {
    await options.firstTurn;
    return task();
  }

  /** The minute of the scheduler, with a collection where Hugging Face answers. */
  function runDue(): void {
    if (isSourceUp) lastCollection = clock.now();
    void scheduler.runDue();
  }

  async function tick(): Promise<void> {
    runDue();
    await settleDown();
  }

  async function change(make: (present: Destination) => Destination, id = CHANNEL): Promise<void> {
    await ledger.destinations.change(id, (present) => ({ destination: present && make(present) }));
  }

  const deliveries = async (id = CHANNEL): Promise<readonly Delivery[]> => {
    const open = await ledger.deliveries.openOf(id);
    const closed = await ledger.deliveries.latestOf(id, 1_000);
    return [...closed.toReversed(), ...(open === undefined ? [] : [open])];
  };

  return {
    clock,
    transport,
    ledger,
    logged,
    fatal,
    digests,
    papers,
    runDue,
    tick,
    change,
    deliveries,
    scheduler: () => scheduler,

    /** Makes a destination, or changes it, and follows a topic there. */
    async follow(
      about: Partial<Destination> = {},
      followed: Partial<Subscription> = {},
    ): Promise<Subscription> {
      const id = about.id ?? CHANNEL;
      const before = await ledger.destinations.get(id);
      const fresh = buildDestination({ createdAt: clock.now(), ...about, id });
      const made = buildSubscription({
        id: `s${id}${before?.subscriptions.length ?? 0}`,
        destinationId: id,
        startDay: listDayAt(clock.now()),
        ...followed,
      });
      const { subscriptions, ...present } = before ?? {
        ...fresh,
        subscriptions: [],
        nextSlot: about.nextSlot ?? firstSlot(fresh.schedule, clock.now()),
      };
      await ledger.destinations.change(id, () => ({
        destination: { ...present, subscriptions: [...subscriptions, made] },
      }));
      return made;
    },

    /** Follows one paper at a destination. */
    async followPaper(paperId: string, about: Partial<PaperFollow> & { readonly place: OpenPlace }) {
      const now = clock.now();
      const wish = { paperId, known: [], by: '1', now, ...about };
      await followPaper(wish, ledger.follows);
    },

    /** Hugging Face lists papers, on the current list day where none is named. */
    list(ids: readonly string[], about: Partial<ArchivedPaper> = {}): void {
      for (const id of ids) {
        const before = papers.get(id);
        const listDay = about.listDay ?? before?.listDay ?? listDayAt(clock.now());
        const firstSeenAt = before?.firstSeenAt ?? about.firstSeenAt ?? clock.now();
        papers.set(id, { ...buildPaper({ id }), ...before, ...about, firstSeenAt, listDay });
      }
    },

    /** Hugging Face stops answering, or answers again. */
    setSource(isUp: boolean): void {
      isSourceUp = isUp;
    },

    setArchive(isReadable: boolean): void {
      isArchiveReadable = isReadable;
    },

    /** Every minute, or every few, up to and with an instant. */
    async passTo(until: Instant, every = MINUTE_MS): Promise<void> {
      while (clock.now() < until) {
        await clock.passTo(Math.min(until, clock.now() + every));
        await tick();
      }
    },

    /** The minutes around the slot, so many days after the first. */
    async passSlot(days = 0): Promise<void> {
      await clock.passTo(SLOT + days * DAY_MS - MINUTE_MS);
      for (let minute = 0; minute <= 2; minute += 1) {
        await clock.passTo(SLOT + days * DAY_MS + minute * MINUTE_MS);
        await tick();
      }
    },

    /** How writes go from now on. */
    setWrite(next: Write = writeThrough): void {
      write = next;
    },

    /** A new process on the same ledger. */
    async restart(): Promise<void> {
      current.hasEnded = true;
      write = writeThrough;
      scheduler = start();
      void scheduler.runDue();
      await settleDown();
    },

    async pause(id = CHANNEL): Promise<void> {
      await ledger.destinations.change(id, (present) =>
        present === undefined ? { destination: undefined } : pauseDestination(present, clock.now()),
      );
      await scheduler.settled(id);
      await settleDown();
    },
    reschedule: (wanted: ScheduleChange, id = CHANNEL) =>
      change((present) => changeSchedule(present, wanted, clock.now()), id),
    resume: (id = CHANNEL) => change((present) => resumeDestination(present, clock.now()), id),
    /** Ends a topic of several. */
    async unfollow(subscriptionId: string, id = CHANNEL): Promise<void> {
      await unfollowTopic(id, subscriptionId, ledger.destinations);
      await scheduler.settled(id);
      await settleDown();
    },
    async unfollowPaper(paperId: string, id: string): Promise<void> {
      await unfollowPaper({ destinationId: id, paperId }, ledger.follows);
      await scheduler.settled(id);
      await settleDown();
    },
    async remove(id = CHANNEL): Promise<void> {
      await removeDestination(id, ledger.destinations);
      await scheduler.settled(id);
      await settleDown();
    },
    /** "Send one now". */
    async press(subscription: Subscription): Promise<SampleResult> {
      return await scheduler.sendSample(subscription);
    },

    destination: (id = CHANNEL) => ledger.destinations.get(id),
    records: (id = CHANNEL) => ledger.deliveries.recordsOf(id),
    /** The papers posted at a destination, in order. */
    posted: (id = CHANNEL) =>
      transport.posts.filter((post) => post.destinationId === id).flatMap((post) => post.papers),
    posts: (id = CHANNEL) => transport.posts.filter((post) => post.destinationId === id),
    attempts: (id = CHANNEL) => transport.attempts.filter((one) => one.destinationId === id),
    states: async (id = CHANNEL) => (await deliveries(id)).map(({ state }) => state),
  };
}

/** A minute before the first slot of a channel that follows everything. */
export async function createWorldBeforeSlot(
  options: Parameters<typeof createDeliveryWorld>[0] = {},
  about: Partial<Destination> = {},
): Promise<DeliveryWorld> {
  const world = await createDeliveryWorld(options);
  await world.follow(about);
  await world.clock.passTo(SLOT - MINUTE_MS);
  return world;
}

function guardDestinations(store: DestinationStore, write: Write): DestinationStore {
  return {
    ...store,
    change: (id, decide) => write(() => store.change(id, decide), `destination ${id}`),
  };
}

function guardDeliveries(store: DeliveryLedger, write: Write): DeliveryLedger {
  return {
    ...store,
    plan: (delivery, decide) =>
      write(() => store.plan(delivery, decide), `plan for ${delivery.destinationId}`),
    transition: (id, decide) => write(() => store.transition(id, decide), `delivery ${id}`),
  };
}
