import { inspect } from 'node:util';
import type { Random } from '../../src/calendar/clock.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { FlowDependencies } from '../../src/digest/flow-dependencies.ts';
import type { Messenger } from '../../src/digest/messenger.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { MatchTopics } from '../../src/topics/match-topics.ts';
import { pickNumber } from '../../chaos/random.ts';
import { type Life, refuseOnceEnded } from './fault-writes.ts';
import { letRun, type ScriptedClock } from './scripted-clock.ts';
import type { ScriptedMessenger } from './scripted-messenger.ts';

/** What does not change while processes come and go. */
interface Surroundings {
  readonly random: Random;
  readonly clock: ScriptedClock;
  readonly messenger: ScriptedMessenger;
  readonly papers: ReadonlyMap<string, ArchivedPaper>;
  readonly lastCollection: () => Instant | undefined;
  /** No send takes minutes any more. */
  readonly isCalm: () => boolean;
  readonly tell: (event: string) => void;
}

const SLOW_SECONDS = 180;

/** What a process has around it besides its disk; everything takes a moment, and some sends take minutes. */
export function createSlowEdges(
  around: Surroundings,
  life: Life,
): Omit<FlowDependencies, 'destinations' | 'subscriptions' | 'deliveries'> {
  const { clock, lastCollection, tell } = around;

  return {
    clock,
    random: () => 0.5,
    archive: { lastCollection },
    matchTopics: matchSlowly(around),
    messenger: answerSlowly(around, life),
    plansAhead: { channels: 2, dms: 1 },
    inTurn: (_, task) => later(life, task),
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields, message) => {
        if (message === 'unexpected error') tell(`error ${inspect(fields)}`);
      },
    },
    onFatal: (message) => tell(`error ${message}`),
  };
}

function answerSlowly({ random, clock, messenger, isCalm, tell }: Surroundings, life: Life): Messenger {
  const linger = () =>
    !isCalm() && random() < 0.2 ? clock.sleep(pickNumber(random, 1, SLOW_SECONDS) * 1000) : letRun();

  return {
    ...messenger,
    open: (userId, signal) => later(life, () => messenger.open(userId, signal)),
    find: (request) => later(life, () => messenger.find(request)),
    async send(request) {
      await linger();
      refuseOnceEnded(life);
      const outcome = await messenger.send(request);
      const papers = request.delivery.steps[request.index]?.paperIds.join(' ') ?? '';
      tell(`${outcome.kind}: step ${request.index} of ${request.delivery.id} with ${papers}`);
      await linger();
      return outcome;
    },
  };
}

function matchSlowly({ papers }: Surroundings): MatchTopics {
  return async (queries, { after = '' }) => {
    await letRun();
    const listed = [...papers.values()].filter(({ listDay = '' }) => listDay > after);
    return new Map(queries.map((query) => [query, listed.filter(({ title }) => title.includes(query))]));
  };
}

/** What a process asks for a moment before it ends is not done any more. */
async function later<T>(life: Life, task: () => Promise<T>): Promise<T> {
  await letRun();
  refuseOnceEnded(life);
  return task();
}
