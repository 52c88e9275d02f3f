import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/calendar/zoned-time.ts';
import { type Delivery, freshNumbers, type Step } from '../../../src/delivery/delivery.ts';
import {
  apply,
  type DeliveryEvent,
  nextAction,
  type Situation,
  type Transition,
} from '../../../src/delivery/transitions.ts';
import { buildDelivery, buildStep, plannedMessage, SLOT } from '../../support/build-delivery.ts';
import { buildDestination } from '../../support/build-destination.ts';

const at = fc.integer({ min: SLOT, max: SLOT + DAY_MS });
const kinds = fc.constantFrom('blocked' as const, 'gone' as const, 'dms-closed' as const);
const barred = fc.record({ kind: kinds, code: fc.integer(), message: fc.string() });
const code = fc.constantFrom(50_035, 200_000);

type Outcome = (n: number) => DeliveryEvent;

/** What the loop around the table may tell of a step, whatever its status. */
const outcomes: fc.Arbitrary<Outcome> = fc
  .oneof(
    fc.record({ kind: fc.constant('attempt' as const), n: fc.constant(0), at, unconfirmed: fc.boolean() }),
    fc.record({ kind: fc.constant('sent' as const), n: fc.constant(0), messageId: fc.constant('77'), at }),
    fc.record({ kind: fc.constantFrom('unclear' as const, 'no-effect' as const), n: fc.constant(0) }),
    fc.record({
      kind: fc.constantFrom('barred' as const, 'look-barred' as const),
      n: fc.constant(0),
      barred,
      at,
    }),
    fc.record({ kind: fc.constant('content' as const), n: fc.constant(0), code }),
    fc.record({ kind: fc.constant('absent' as const), n: fc.constant(0), unconfirmed: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('unknown' as const, 'skipped' as const), n: fc.constant(0) }),
    fc.record({ kind: fc.constant('give-up' as const), reason: fc.constant('paused' as const), at }),
  )
  .map((event) => (n) => ('n' in event ? { ...event, n } : event));

const situations: fc.Arbitrary<Situation> = fc.record({
  now: at,
  isRemoved: fc.boolean(),
  sinceFirstAttemptMs: fc.integer({ min: 0, max: DAY_MS }),
  look: fc.option(
    fc.record({
      answer: fc.constantFrom('absent', 'unanswered', 'unrecognised', 'unreadable', 'blocked', 'gone'),
      sinceLeftMs: fc.integer({ min: 0, max: 60_000 }),
    }),
    { nil: undefined },
  ),
});

const planned = buildDelivery(
  [
    buildStep({ papers: ['paper a', 'paper b'] }),
    buildStep({ n: 1, kind: 'forum-post' }),
    buildStep({ n: 2, kind: 'thread', threadOf: 0, papers: [] }),
  ],
  { mention: 'due', hidden: ['paper z'] },
);

function live(delivery: Delivery, situation: Situation, outcome: Outcome): DeliveryEvent | undefined {
  const action = nextAction(delivery, situation);
  switch (action.kind) {
    case 'nothing':
    case 'wait':
      return undefined;
    case 'record':
      return action.event;
    case 'send':
      return { kind: 'attempt', n: action.n, at: situation.now, unconfirmed: action.unconfirmed };
    case 'look':
      return outcome(action.n);
    case 'split':
      break;
  }
  const papers = delivery.steps.find(({ n }) => n === action.n)?.papers ?? [];
  const numbers = freshNumbers(delivery, papers.length);
  const steps = papers.map((paper, index) => plannedMessage(numbers[index] ?? 0, [paper]));
  return { kind: 'split', n: action.n, steps };
}

interface Told {
  readonly before: Delivery;
  readonly done: Transition;
}

interface Moment {
  readonly situation: Situation;
  /** Told whatever the table says. */
  readonly isByChance: boolean;
  readonly index: number;
  readonly outcome: Outcome;
}

/** The transitions of a history, each told by the table or by chance. */
function tell(moments: readonly Moment[]): readonly Told[] {
  const told: Told[] = [];
  let delivery = planned;
  for (const { situation, isByChance, index, outcome } of moments) {
    // What was split is never asked for again.
    const steps = delivery.steps.filter(({ status }) => status !== 'split');
    const n = steps[index % steps.length]?.n ?? 0;
    const isClosed = delivery.state !== 'open';
    const event = isByChance && !isClosed ? outcome(n) : live(delivery, situation, outcome);
    if (event === undefined) continue;
    const done = apply({ delivery, destination: buildDestination() }, event);
    told.push({ before: delivery, done });
    delivery = done.delivery;
  }
  return told;
}

const stories = fc
  .array(
    fc.record({
      situation: situations,
      isByChance: fc.boolean(),
      index: fc.nat({ max: 20 }),
      outcome: outcomes,
    }),
    { maxLength: 40 },
  )
  .map(tell);

/** The papers that the steps show, those of a step that was split once. */
function papersOf({ steps }: Delivery): readonly string[] {
  return steps.flatMap(({ papers, status }: Step) => (status === 'split' ? [] : papers)).toSorted();
}

describe('any order of events', () => {
  it('never loses a paper of the steps, and never shows one in two of them', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { done } of story) expect(papersOf(done.delivery)).toEqual(papersOf(planned));
      }),
    );
  });

  it('never uses a number again, and keeps the order of sending', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { before, done } of story) {
          const numbers = done.delivery.steps.map(({ n }) => n);
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(numbers).toEqual(expect.arrayContaining(before.steps.map(({ n }) => n)));
          const positions = done.delivery.steps.map(({ position }) => position);
          expect(positions).toEqual(positions.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it('leaves a delivery closed that was closed', () => {
    fc.assert(
      fc.property(stories, fc.array(situations), (story, later) => {
        const end = story.at(-1)?.done.delivery ?? planned;
        const actions = later.map((situation) => nextAction({ ...end, state: 'done' }, situation).kind);

        expect(actions.filter((kind) => kind !== 'nothing')).toEqual([]);
        expect(story.filter(({ before }) => before.state !== 'open')).toEqual([]);
      }),
    );
  });

  it('mentions with one step at most, and only while the mention is out', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { done } of story) {
          const carriers = done.delivery.steps.filter(({ mentions }) => mentions);
          expect(carriers.length).toBeLessThanOrEqual(done.delivery.mention === 'out' ? 1 : 0);
        }
      }),
    );
  });
});
