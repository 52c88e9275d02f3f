import { stepOf } from '../../src/delivery/delivery.ts';
import {
  type Action,
  type DeliveryEvent,
  freshNumbers,
  LANDING_MS,
  leaveBy,
  LIFETIME_MS,
  NONCE_MS,
  type Situation,
} from '../../src/delivery/transitions.ts';
import { lookUp } from './discord.ts';
import { excuse, isDue, isOf, plan, plannedStep, write } from './ledger.ts';
import {
  type Add,
  LANDING_TICKS,
  LIFETIME_TICKS,
  type Look,
  NONCE_TICKS,
  OFF,
  openDelivery,
  type OpenDelivery,
  type Process,
  type Scenario,
  setProcess,
  spend,
  STARTED,
  timeOf,
  type World,
} from './world.ts';

interface Stage {
  readonly world: World;
  readonly scenario: Scenario;
  readonly index: number;
  readonly process: Process;
  readonly add: Add;
}

const IDLE: Omit<Process, 'isOn' | 'left' | 'command'> = {
  at: 'idle',
  deliveryId: undefined,
  n: undefined,
  unconfirmed: undefined,
  look: undefined,
  event: undefined,
  isLate: undefined,
  isDeleted: undefined,
};

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

function stop(next: World, index: number): void {
  next.processes = next.processes.map((one, at) => (at === index ? OFF : one));
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

function isFenced({ world, scenario, index }: Stage): boolean {
  return scenario.habits.hasFence && world.leader !== index;
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

/** One transaction that looks once more at what is to be done, and writes the attempt if it still is that. */
function writeAttempt(stage: Stage): void {
  const { world, scenario, index } = stage;
  const process = world.processes[index];
  if (process === undefined || isFenced(stage)) return stop(world, index);
  const { deliveryId = '', n, unconfirmed = false } = process;
  if (n === undefined || openDelivery(world, deliveryId) === undefined) return setProcess(world, index, IDLE);
  write(world, scenario, { id: deliveryId, event: { kind: 'attempt', n, at: 0, unconfirmed } });
  const isLate = openDelivery(world, deliveryId)?.isAcknowledged;
  setProcess(world, index, { at: 'wrote', look: undefined, left: 0, isLate: isLate === true || undefined });
}

function addLeaving(stage: Stage): void {
  const { world, scenario, index, process, add } = stage;
  const { deliveryId = '', n = 0 } = process;
  const { habits } = scenario;
  const holdBack = (next: World): void =>
    record({ ...stage, world: next }, { id: deliveryId, event: { kind: 'no-effect', n } });
  if (world.leader !== index && habits.checksLease) {
    return add('the lease is lost', 1.5, (next) => stop(next, index));
  }
  if (habits.checksNonce && isNonceOver(world, process)) return add(`nonce of ${n} is too old`, 2, holdBack);
  if (habits.hasGap) add(`last check of ${n}`, 2, (next) => setProcess(next, index, { at: 'checked' }));
  else add(`leave ${n}`, 2, (next) => leave({ ...stage, world: next }));
  if (world.budget.faults === 0) return;
  add(`HELD BACK ${n}`, undefined, (next) => {
    spend(next, 'faults');
    holdBack(next);
  });
}

/** Of a repeat: it waited, or the machine stood still, since it was decided to send it again. */
function isNonceOver(world: World, { deliveryId, n, unconfirmed }: Process): boolean {
  const step = openDelivery(world, deliveryId)?.delivery.steps.find((one) => one.n === n);
  if (step === undefined || unconfirmed === true || leaveBy(step) === undefined) return false;
  return -(step.firstAttemptAt ?? 0) > NONCE_TICKS;
}

function leave({ world, index, process, scenario }: Stage): void {
  const open = openDelivery(world, process.deliveryId);
  const step = open?.delivery.steps.find(({ n }) => n === process.n);
  if (process.isLate === true) world.wrong = 'sent after a person was told that nothing comes any more';
  if (open === undefined || step === undefined) return setProcess(world, index, IDLE);
  for (const paper of step.papers) {
    if (world.records[paper] === 'refused')
      world.wrong = `paper ${paper} was recorded as refused, and is asked for again`;
  }
  setProcess(world, index, { at: 'waiting', left: 0 });
  const request = {
    key: `${open.delivery.id}-${step.n}`,
    owner: index,
    deliveryId: open.delivery.id,
    step,
    customId: Number(step.payload),
    papers: step.papers.join(''),
    slotAge: scenario.setting.mention === true ? open.age : 0,
    age: 0,
    wasLookedFor: false,
  };
  world.requests = [...world.requests, request].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function addRecording(stage: Stage): void {
  const { world, index, process, add } = stage;
  const { deliveryId = '', n, event } = process;
  if (event === undefined) return;
  add(labelOf(event), 2, (next) => {
    const { delivery } = openDelivery(next, deliveryId) ?? {};
    const wasRepeated = delivery?.steps.some((one) => one.n === n && one.attempts > 1) === true;
    record({ ...stage, world: next }, { id: deliveryId, event });
    const isRefused = event.kind === 'barred' || event.kind === 'content' || event.kind === 'no-effect';
    if (wasRepeated && isRefused && next.processes[index]?.isOn === true)
      setProcess(next, index, { at: 'resting' });
  });
  if (world.budget.faults === 0) return;
  add(`WRITE FAILS ${n}`, undefined, (next) => {
    spend(next, 'faults');
    setProcess(next, index, { ...IDLE, left: 0 });
  });
}

/** A transaction of a process on its delivery; one that was taken over ends instead. */
function record(stage: Stage, { id, event }: { readonly id: string; readonly event: DeliveryEvent }): void {
  const { world, scenario, index, process } = stage;
  if (isFenced(stage)) return stop(world, index);
  if (process.isDeleted === true) forgive(world, id, process.n);
  write(world, scenario, { id, event });
  setProcess(world, index, { ...IDLE, ...(event.kind === 'unclear' ? { left: 0 } : {}) });
}

/** It is known now that a moderator deleted it: to post it again would be wrong. */
function forgive(world: World, id: string, n: number | undefined): void {
  if (world.requests.some((one) => isOf(one, { id, n }))) return;
  const step = openDelivery(world, id)?.delivery.steps.find((one) => one.n === n);
  const excused = world.witness.excused
    .split('')
    .filter((paper) => !step?.papers.includes(paper))
    .join('');
  world.witness = { ...world.witness, excused };
  excuse(world, []);
}

function labelOf(event: DeliveryEvent): string {
  const number = 'n' in event ? ` ${event.n}` : '';
  return `record ${event.kind === 'close' ? event.state : event.kind}${number}`;
}
