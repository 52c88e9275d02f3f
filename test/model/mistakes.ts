import { type Delivery, planStep, type Step } from '../../src/delivery/delivery.ts';
import type { DeliveryEvent, Situation, Transition } from '../../src/delivery/transitions.ts';
import { type Habits, HABITS, type Scenario, type Setting, type Table, TABLE } from './world.ts';
import { type WorldName, WORLDS } from './worlds.ts';

/** A plausible misreading of the table, or of what must stand around it, and a world in which it shows. */
export interface Mistake {
  readonly name: string;
  readonly world: WorldName;
  /** Within some thousand states. */
  readonly isFoundSoon?: true;
  readonly habits?: Partial<Habits>;
  readonly table?: Partial<Table>;
}

export function scenarioOf({ world, habits, table }: Mistake): Scenario {
  const setting: Setting = WORLDS[world];
  return { setting, habits: { ...HABITS, ...habits }, table: { ...TABLE, ...table } };
}

type View = Parameters<Table['apply']>[0];

const { nextAction, apply } = TABLE;

/** The table with other ears: it is told something else of the situation. */
function told(change: (situation: Situation, delivery: Delivery) => Situation): Partial<Table> {
  return { nextAction: (delivery, situation) => nextAction(delivery, change(situation, delivery)) };
}

/** The table with another hand: something else comes of an event. */
function written(change: (done: Transition, event: DeliveryEvent, view: View) => Transition): Partial<Table> {
  return { apply: (view, event) => change(apply(view, event), event, view) };
}

function withSteps(done: Transition, change: (step: Step) => Step): Transition {
  return { ...done, delivery: { ...done.delivery, steps: done.delivery.steps.map(change) } };
}

const landed = (situation: Situation): Situation =>
  situation.look === undefined
    ? situation
    : { ...situation, look: { ...situation.look, sinceLeftMs: Infinity } };

/** As if the attempt were the first, so that the answer to it is final. */
function onceOnly({ delivery, destination }: View): View {
  const steps = delivery.steps.map((step) => (step.attempts > 1 ? { ...step, attempts: 1 } : step));
  return { delivery: { ...delivery, steps }, destination };
}

const uncertain = ({ steps }: Delivery): Step | undefined =>
  steps.find(({ status }) => status === 'uncertain');

export const MISTAKES: readonly Mistake[] = [
  {
    name: 'the sent record is written with the attempt',
    world: 'two messages, 2 crashes, 3 faults',
    isFoundSoon: true,
    table: written((done, event, { delivery }) => {
      const papers =
        event.kind === 'attempt' ? (delivery.steps.find(({ n }) => n === event.n)?.papers ?? []) : [];
      return { ...done, records: papers.map((paperId) => ({ paperId, kind: 'sent', at: 0 })) };
    }),
  },
  {
    name: 'absent is said before everything was seen',
    world: 'two messages, 2 crashes, 3 faults',
    habits: { looksPartly: true },
  },
  {
    name: 'a look-up by the clock of the machine begins too late',
    world: 'two posts, 2 crashes, 3 faults',
    isFoundSoon: true,
    habits: { looksLateBy: 1 },
  },
  {
    name: 'the covered slot moves with an expired digest',
    world: 'two messages, 2 crashes, 3 faults',
    table: written((done, event, { delivery }) => {
      if (event.kind !== 'close' || event.state !== 'expired') return done;
      const { destination } = done;
      if (destination === undefined || destination === 'removed') return done;
      return { ...done, destination: { ...destination, coveredSlot: delivery.slot } };
    }),
  },
  {
    name: 'no fence around a process that was taken over',
    world: 'posts, take-over',
    habits: { hasFence: false },
  },
  {
    name: 'the lease is not checked as a request leaves',
    world: 'posts, take-over',
    habits: { checksLease: false },
  },
  {
    name: 'the machine stands still between the last check and the socket: this remains',
    world: 'posts, take-over',
    habits: { hasGap: true },
  },
  {
    name: 'no row for an attempt that nobody waits for',
    world: 'two messages, 2 crashes, 3 faults',
    isFoundSoon: true,
    table: {
      nextAction: (delivery, situation) => {
        const action = nextAction(delivery, situation);
        return action.kind === 'record' && action.event.kind === 'unclear' ? { kind: 'nothing' } : action;
      },
    },
  },
  {
    name: 'absent is believed while a request may land',
    world: 'two posts, 2 crashes, 3 faults',
    isFoundSoon: true,
    table: told(landed),
  },
  {
    name: 'whether a look-up came too early is judged when it is answered',
    world: 'two posts, 2 crashes, 3 faults',
    habits: { looksAgeFrom: 'ended' },
  },
  {
    name: 'the nonce is judged when the repeat is decided, and not as it leaves',
    world: 'two messages, 2 crashes, 3 faults',
    habits: { checksNonce: false },
  },
  {
    name: 'the second attempt’s instant replaces the first’s',
    world: 'two messages, 2 crashes, 3 faults',
    table: written((done, event) => {
      if (event.kind !== 'attempt') return done;
      return withSteps(done, (step) => (step.n === event.n ? { ...step, firstAttemptAt: event.at } : step));
    }),
  },
  {
    name: 'the nonce holds for ever',
    world: 'two messages, 2 crashes, 3 faults',
    habits: { checksNonce: false },
    table: told((situation) => ({ ...situation, sinceFirstAttemptMs: 0 })),
  },
  {
    name: 'a no of the place to a second attempt is final',
    world: 'place blocked twice',
    isFoundSoon: true,
    table: { apply: (view, event) => apply(event.kind === 'barred' ? onceOnly(view) : view, event) },
  },
  {
    name: 'a no to the content of a second attempt is final',
    world: 'poison in one message',
    isFoundSoon: true,
    table: { apply: (view, event) => apply(event.kind === 'content' ? onceOnly(view) : view, event) },
  },
  {
    name: 'a repeat that never left frees its step',
    world: 'two messages, 2 crashes, 3 faults',
    isFoundSoon: true,
    table: { apply: (view, event) => apply(event.kind === 'no-effect' ? onceOnly(view) : view, event) },
  },
  {
    name: 'a 5xx with Discord’s JSON is a refusal',
    world: 'two posts, 2 crashes, 3 faults',
    isFoundSoon: true,
    habits: { serverError: 'no-effect' },
  },
  {
    name: 'given up and unreadable: open until a look-up answers',
    world: 'unreadable, pause and resume',
    table: {
      nextAction: (delivery, situation) => {
        const action = nextAction(delivery, situation);
        const isUnknown = action.kind === 'record' && action.event.kind === 'unknown';
        return isUnknown && uncertain(delivery)?.unconfirmed === false ? { kind: 'wait' } : action;
      },
    },
  },
  {
    name: 'given up and unreadable: its papers are free, and not marked',
    world: 'unreadable, pause and resume',
    table: written((done, event, { delivery }) => {
      if (event.kind !== 'unknown') return done;
      const before = delivery.steps.find(({ n }) => n === event.n);
      return withSteps(done, (step) =>
        step.n === event.n ? { ...step, unconfirmed: before?.unconfirmed === true } : step,
      );
    }),
  },
  {
    name: 'unreadable: sent again without end',
    world: 'messages, history unreadable',
    table: {
      nextAction: (delivery, situation) => {
        const steps = delivery.steps.map((step) => ({ ...step, unconfirmed: false }));
        return nextAction({ ...delivery, steps }, situation);
      },
      apply: (view, event) => {
        const done = apply(view, event);
        return event.kind === 'unknown' ? withSteps(done, (step) => ({ ...step, unconfirmed: false })) : done;
      },
    },
  },
  {
    name: 'a pause is read from the destination, and not written on the delivery',
    world: 'messages, pause and resume',
    isFoundSoon: true,
    habits: { giveUp: 'read' },
  },
  {
    name: 'the transaction of an attempt does not ask again',
    world: 'messages, pause and resume',
    isFoundSoon: true,
    habits: { asksAgain: false },
  },
  {
    name: 'the delivery of a removed destination ends at once',
    world: 'posts, remove and follow',
    isFoundSoon: true,
    table: {
      nextAction: (delivery, situation) =>
        situation.isRemoved && uncertain(delivery) !== undefined && delivery.state === 'open'
          ? { kind: 'record', event: { kind: 'close', state: 'cancelled', at: situation.now } }
          : nextAction(delivery, situation),
    },
  },
  {
    name: 'a step’s number is its place in the list',
    world: 'poison in the first of two messages',
    table: written((done, event) => {
      if (event.kind !== 'split') return done;
      const shown = done.delivery.steps.filter(({ status }) => status !== 'split');
      return { ...done, delivery: { ...done.delivery, steps: shown.map((step, n) => ({ ...step, n })) } };
    }),
  },
  {
    name: 'the mention counts when it was answered',
    world: 'role, unreadable, unfollow one topic',
    table: written((done, event, { delivery }) => {
      if (event.kind === 'attempt' && delivery.mention === 'due') {
        return { ...done, delivery: { ...done.delivery, mention: 'due' } };
      }
      const carries =
        event.kind === 'sent' && delivery.steps.some(({ n, mentions }) => n === event.n && mentions);
      return carries ? { ...done, delivery: { ...done.delivery, mention: 'out' } } : done;
    }),
  },
  {
    name: 'the post that is sent blindly mentions again',
    world: 'role, posts, unreadable',
    table: written((done, event, { delivery }) => {
      if (event.kind !== 'attempt') return done;
      const before = delivery.steps.find(({ n }) => n === event.n);
      return before?.mentions === true
        ? withSteps(done, (step) => (step.n === event.n ? { ...step, mentions: true } : step))
        : done;
    }),
  },
  {
    name: 'the mention goes with the step that was refused',
    world: 'role, posts, poison first, calm',
    isFoundSoon: true,
    table: written((done, event) =>
      event.kind === 'content' ? { ...done, delivery: { ...done.delivery, mention: 'out' } } : done,
    ),
  },
  {
    name: 'each lone step has the mention',
    world: 'role, poison in the middle, calm',
    isFoundSoon: true,
    table: written((done, event, { delivery }) => {
      const isSplit = delivery.steps.some(({ status }) => status === 'split');
      return event.kind === 'attempt' && isSplit
        ? withSteps(done, (step) => (step.n === event.n ? { ...step, mentions: true } : step))
        : done;
    }),
  },
  {
    name: 'the mention of a digest that was given up is forgotten',
    world: 'role, unreadable, unfollow one topic',
    table: written((done, event, { destination }) =>
      event.kind === 'close' && event.state === 'cancelled' && destination !== undefined
        ? { ...done, destination }
        : done,
    ),
  },
  {
    name: 'the reply to a pause does not wait for the request',
    world: 'messages, pause and resume',
    isFoundSoon: true,
    habits: { replyWaits: false },
  },
  {
    name: 'the refusal of a thread bars the place',
    world: 'threads at their limit, calm',
    isFoundSoon: true,
    habits: { threadRefusal: 'barred' },
  },
  {
    name: 'papers that were refused are chosen again',
    world: 'poison, calm',
    isFoundSoon: true,
    habits: { refusedComeAgain: true },
  },
  {
    name: 'one bad paper costs the papers beside it',
    world: 'poison, calm',
    isFoundSoon: true,
    table: written((done, event, { delivery }) => {
      const step = event.kind === 'content' ? delivery.steps.find(({ n }) => n === event.n) : undefined;
      const papers = step?.form === 'plain' ? step.papers : [];
      return { ...done, records: papers.map((paperId) => ({ paperId, kind: 'refused', at: 0 })) };
    }),
  },
  {
    name: 'papers passed over are recorded with the last step that shows any',
    world: 'hidden paper behind poison',
    isFoundSoon: true,
    table: written((done, event, { delivery }) => {
      const last = delivery.steps.findLast(({ papers }) => papers.length > 0);
      const isLast = event.kind === 'sent' && event.n === last?.n;
      const hidden = delivery.hidden.map((paperId) => ({ paperId, kind: 'hidden', at: 0 }) as const);
      const others = done.records.filter(({ kind }) => kind !== 'hidden');
      return { ...done, records: isLast ? [...others, ...hidden] : others };
    }),
  },
  {
    name: '10008 is an unknown code',
    world: 'a moderator deletes',
    habits: { deleted: 'no-effect' },
  },
  {
    name: '10008 is a refusal of the content',
    world: 'a moderator deletes',
    habits: { deleted: 'content' },
  },
  {
    name: 'plans of one slot share their nonces',
    world: 'messages, unfollow one topic',
    isFoundSoon: true,
    habits: { planIds: 'same' },
  },
  {
    name: 'lone steps take the number of the step that was split',
    world: 'poison in one message',
    isFoundSoon: true,
    table: written((done, event) => {
      if (event.kind !== 'split') return done;
      const alone = event.steps.map((step, at) => planStep({ ...step, n: event.n + at }, at));
      return { ...done, delivery: { ...done.delivery, steps: alone } };
    }),
  },
];
