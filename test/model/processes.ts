import { freshNumbers, stepOf } from '../../src/delivery/delivery.ts';
import {
  type Action,
  type DeliveryEvent,
  LANDING_MS,
  LIFETIME_MS,
  NONCE_MS,
  type Situation,
} from '../../src/delivery/transitions.ts';
import { lookUp } from './discord.ts';
import { isDue, isOf, plan, plannedStep } from './ledger.ts';
import {
  addLeaving,
  addRecording,
  IDLE,
  isFenced,
  labelOf,
  leave,
  record,
  type Stage,
  stop,
  writeAttempt,
} from './sending.ts';
import {
  type Add,
  LANDING_TICKS,
  LIFETIME_TICKS,
  type Look,
  NONCE_TICKS,
  openDelivery,
  type OpenDelivery,
  type Scenario,
  setProcess,
  spend,
  STARTED,
  timeOf,
  type World,
} from './world.ts';

/** What each process can do next: the loop between the decisions of the table. */
export function addProcessMoves(world: World, scenario: Scenario, add: Add): void {
  for (const [index, process] of world.processes.entries()) {
    const name = world.processes.length > 1 ? ' ' + 'AB'.charAt(index) : '';
    const named: Add = (label, rank, change) => add(label + name, rank, change);
    addMoves({ world, scenario, index, process, add: named });
  }
}

function addMoves(stage: Stage): void {
  const { world, scenario, index, process, add } = stage;
  if (!process.isOn) {
    if (world.leader === index) add('start', 1, (next) => setProcess(next, index, STARTED));
    return;
  }
  if (world.budget.crashes > 0) add(`CRASH (${process.at})`, undefined, (next) => crash(next, index));
  const isBetween =
    process.at === 'idle' || process.at === 'resting' || process.at === 'looked' || process.at === 'decided';
  if (process.command !== undefined && (isBetween || !scenario.habits.replyWaits)) {
    add(`reply to ${process.command}`, 1, (next) => reply(next, index, scenario));
  }
  switch (process.at) {
    case 'idle':
      return addNext(stage);
    case 'looked':
      return addAfterLook(stage);
    case 'decided':
      return add('write the attempt', 2, (next) => writeAttempt({ ...stage, world: next }));
    case 'wrote':
      return addLeaving(stage);
    case 'checked':
      return add('leave', 2, (next) => leave({ ...stage, world: next }));
    case 'answered':
      return addRecording(stage);
    case 'resting':
    case 'waiting':
  }
}

function crash(next: World, index: number): void {
  spend(next, 'crashes');
  stop(next, index);
  next.requests = next.requests.map((one) => (one.owner === index ? { ...one, owner: undefined } : one));
}

/** Nothing of what was given up leaves any more. */
function reply(next: World, index: number, { habits }: Scenario): void {
  const command = next.processes[index]?.command;
  setProcess(next, index, { command: undefined });
  if (command !== 'pause' && command !== 'unfollow' && command !== 'remove') return;
  next.deliveries = next.deliveries.map((one) =>
    one.delivery.givenUp !== undefined || habits.giveUp === 'read' ? { ...one, isAcknowledged: true } : one,
  );
  next.processes = next.processes.map((one) => {
    if (one.at !== 'wrote' && one.at !== 'checked') return one;
    return { ...one, isLate: openDelivery(next, one.deliveryId)?.isAcknowledged ?? true };
  });
}

function addNext(stage: Stage): void {
  const { world, scenario, index, add } = stage;
  if (isFenced(stage)) return add('is fenced off', 1.5, (next) => stop(next, index));
  const [open] = world.deliveries;
  if (open !== undefined) return addAction(stage, { open, action: ask(stage, open) });
  if (isDue(world)) add('plan', 2, (next) => plan(next, scenario, 'digest'));
}

/** The table's decision, in the state that the world is in. */
function ask({ world, scenario, process }: Stage, { delivery, age }: OpenDelivery): Action {
  const { look } = process;
  const lifetime = LIFETIME_MS[delivery.kind] / LIFETIME_TICKS[delivery.kind];
  const isRead = scenario.habits.giveUp === 'read' && delivery.kind === 'digest';
  const isOver = isRead && (world.destination === undefined || world.destination.pausedAt !== undefined);
  const first = delivery.steps.find(({ status }) => status === 'uncertain')?.firstAttemptAt;
  const situation: Situation = {
    now: delivery.slot + age * lifetime,
    isRemoved: world.destination === undefined,
    sinceFirstAttemptMs: first === undefined ? Infinity : (-first * NONCE_MS) / NONCE_TICKS,
    ...(look === undefined || look.answer === 'found'
      ? {}
      : { look: { answer: look.answer, sinceLeftMs: (look.sinceLeft * LANDING_MS) / LANDING_TICKS } }),
  };
  return scenario.table.nextAction(
    isOver ? { ...delivery, givenUp: { reason: 'paused', at: 0 } } : delivery,
    situation,
  );
}

function addAction(
  stage: Stage,
  { open, action }: { readonly open: OpenDelivery; readonly action: Action },
): void {
  const { index, add, scenario } = stage;
  const { delivery } = open;
  const on = (next: World): Stage => ({ ...stage, world: next });
  switch (action.kind) {
    case 'nothing':
      return add('stuck', 2, (next) => {
        next.wrong = 'an open delivery with nothing to do and nothing to wait for';
      });
    case 'wait':
      return add('wait', 2, (next) => setProcess(next, index, { ...IDLE, at: 'resting' }));
    case 'record':
      return add(labelOf(action.event), 2, (next) =>
        record(on(next), { id: delivery.id, event: action.event }),
      );
    case 'split': {
      const { papers, kind, n } = stepOf(delivery, action.n);
      const numbers = freshNumbers(delivery, papers.length);
      const steps = papers.map((paper, at) =>
        plannedStep(numbers[at] ?? 0, kind === 'forum-post' ? kind : 'message', paper),
      );
      return add(`split ${n}`, 2, (next) =>
        record(on(next), { id: delivery.id, event: { kind: 'split', n, steps } }),
      );
    }
    case 'look':
      return addLooks(stage, open, action.n);
    case 'send': {
      const { n, unconfirmed } = action;
      const label = `${scenario.habits.asksAgain ? 'attempt' : 'decide'} ${n}${unconfirmed ? ' unconfirmed' : ''}`;
      return add(label, 2, (next) => {
        setProcess(next, index, { at: 'decided', deliveryId: delivery.id, n, unconfirmed });
        if (scenario.habits.asksAgain) writeAttempt(on(next));
      });
    }
  }
}

function addLooks(
  { world, scenario, index, process, add }: Stage,
  { delivery }: OpenDelivery,
  n: number,
): void {
  const found = lookUp(world, scenario, { delivery, n });
  const look = (next: World, answer: Look['answer']): void => {
    if (answer === 'absent') {
      next.requests = next.requests.map((one) =>
        one.owner === undefined && isOf(one, { id: delivery.id, n }) ? { ...one, wasLookedFor: true } : one,
      );
    }
    const event = eventOfLook(next, scenario, { answer, n });
    setProcess(next, index, {
      at: 'looked',
      deliveryId: delivery.id,
      n,
      event,
      look: { answer, sinceLeft: process.left },
    });
  };
  add(`look for ${n}`, 2, (next) => look(next, found));
  if (world.budget.faults > 0) {
    add(`look for ${n}: UNANSWERED`, undefined, (next) => {
      spend(next, 'faults');
      look(next, 'unanswered');
    });
  }
  if (scenario.habits.looksPartly && found === 'found') {
    add(`look for ${n}: SEES A PART`, undefined, (next) => look(next, 'absent'));
  }
}

/** What is written at once because of what a look-up said. */
function eventOfLook(
  world: World,
  { setting }: Scenario,
  { answer, n }: { readonly answer: Look['answer']; readonly n: number },
): DeliveryEvent | undefined {
  const at = timeOf(world, setting);
  if (answer === 'found') return { kind: 'sent', n, messageId: 'm', at };
  if (answer !== 'blocked' && answer !== 'gone') return undefined;
  return { kind: 'look-barred', n, barred: { kind: answer, code: 10_003, message: '' }, at };
}

function addAfterLook(stage: Stage): void {
  const { world, scenario, index, process, add } = stage;
  const { event, deliveryId = '', look } = process;
  if (isFenced(stage)) return add('is fenced off', 1.5, (next) => stop(next, index));
  if (event !== undefined) {
    return add(labelOf(event), 2, (next) => {
      record({ ...stage, world: next }, { id: deliveryId, event });
      if (event.kind === 'look-barred') setProcess(next, index, { at: 'looked', deliveryId, look });
    });
  }
  const open = openDelivery(world, deliveryId);
  if (open === undefined) return add('it is closed', 2, (next) => setProcess(next, index, IDLE));
  const sinceLeft = scenario.habits.looksAgeFrom === 'ended' ? process.left : (look?.sinceLeft ?? 0);
  const asked = { ...stage, process: { ...process, look: look && { ...look, sinceLeft } } };
  addAction(asked, { open, action: ask(asked, open) });
}
