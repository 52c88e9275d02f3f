import type { Random } from '../../src/calendar/clock.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { StorageError } from '../../src/errors.ts';
import { pickNumber, pickOne } from '../../chaos/random.ts';
import { Crash, createDeliveryWorld, type DeliveryWorld } from './delivery-world.ts';
import { letRun } from './scripted-clock.ts';

interface Fault {
  readonly kind: 'crash' | 'failure';
  /** The fault comes with the last of them. */
  writesLeft: number;
}

export interface HistoryWorld {
  readonly world: DeliveryWorld;
  /** What came to pass, for whoever looks for the cause. */
  readonly story: readonly string[];
  tell(event: string): void;
  /** One of the next eight writes ends the process, or fails; whether it takes effect is left to chance. */
  plan(kind: Fault['kind']): void;
  /** What a person asks for may fail as the disk does, and in no other way. */
  attend(asked: Promise<unknown>): void;
  passTo(until: Instant): Promise<void>;
  /** The minute of the scheduler, and a while for what it starts. */
  tick(turns: number): Promise<void>;
  /** The process is told to stop, and is gone ten minutes later. */
  stop(): Promise<void>;
  /** Nothing goes wrong from now on. */
  calmDown(): Promise<void>;
  /** Every few hours with a collection, up to an instant. */
  liveQuietlyTo(until: Instant): Promise<void>;
}

const LONGEST_QUEUE_S = 180;

/** A world whose disk fails and whose processes end as chance has it, and in which everything takes a moment. */
export async function createHistoryWorld(random: Random, start: Instant): Promise<HistoryWorld> {
  const story: string[] = [];
  let faults: readonly Fault[] = [];
  let isCalm = false;
  let hasCrashed = false;
  const world = await createDeliveryWorld({
    start,
    kind: pickOne(random, ['message', 'forum-post']),
    perStep: pickOne(random, [1, 2, 10]),
    threads: random() < 0.3,
    wait: async () => {
      const isSlow = !isCalm && random() < 0.2;
      await (isSlow ? world.clock.sleep(pickNumber(random, 1, LONGEST_QUEUE_S) * 1_000) : letRun());
    },
  });
  const tell = (event: string) => void story.push(`${new Date(world.clock.now()).toISOString()} ${event}`);
  failByChance();

  function nextFault(): Fault['kind'] | undefined {
    for (const fault of faults) fault.writesLeft -= 1;
    const due = faults.find(({ writesLeft }) => writesLeft <= 0);
    faults = faults.filter((fault) => fault !== due);
    return due?.kind;
  }

  /** For one process: what it wrote a moment before its end is not written any more. */
  function failByChance(): void {
    const life = { hasEnded: false };
    world.setWrite(async (apply, what) => {
      await letRun();
      if (life.hasEnded) return await new Promise<never>(() => undefined);
      const kind = nextFault();
      if (kind === undefined) return apply();
      const takesEffect = random() < 0.5;
      hasCrashed ||= kind === 'crash';
      life.hasEnded = kind === 'crash';
      tell(`${kind} ${takesEffect ? 'after' : 'before'} a write of ${what}`);
      if (takesEffect) await apply();
      throw kind === 'crash' ? new Crash() : new StorageError(kind);
    });
  }

  /** A process that has ended is started again, sooner or later. */
  async function revive(): Promise<void> {
    if (!hasCrashed) return;
    await world.clock.passTo(world.clock.now() + pickOne(random, [1, 5, 60, 600]) * MINUTE_MS);
    await restart();
  }

  async function restart(): Promise<void> {
    faults = [];
    hasCrashed = false;
    tell('started');
    await world.restart();
    failByChance();
  }

  async function passTo(until: Instant): Promise<void> {
    await world.clock.passTo(until);
    await revive();
  }

  async function tick(turns: number): Promise<void> {
    world.runDue();
    for (let turn = 0; turn < turns; turn += 1) await letRun();
  }

  return {
    world,
    story,
    tell,
    passTo,
    tick,
    plan(kind) {
      faults = [...faults, { kind, writesLeft: pickNumber(random, 1, 8) }];
    },
    attend(asked) {
      asked.catch((error: unknown) => {
        if (!(error instanceof StorageError || error instanceof Crash)) tell(`error ${String(error)}`);
      });
    },
    async stop() {
      void world.scheduler().drain();
      await world.clock.passTo(world.clock.now() + 10 * MINUTE_MS);
      await restart();
    },
    async calmDown() {
      isCalm = true;
      faults = [];
      world.transport.see('honest');
      world.transport.clearAnswers();
      await revive();
    },
    async liveQuietlyTo(until) {
      world.setSource(true);
      while (world.clock.now() < until) {
        await passTo(Math.min(until, world.clock.now() + 2 * HOUR_MS + MINUTE_MS));
        await tick(30);
      }
    },
  };
}
