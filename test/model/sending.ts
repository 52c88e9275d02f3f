import { type DeliveryEvent, leaveBy } from '../../src/delivery/transitions.ts';
import { excuse, isOf, write } from './ledger.ts';
import {
  type Add,
  NONCE_TICKS,
  OFF,
  openDelivery,
  type Process,
  type Request,
  type Scenario,
  setProcess,
  spend,
  type World,
} from './world.ts';

/** One process, and where what it can do next is added. */
export interface Stage {
  readonly world: World;
  readonly scenario: Scenario;
  readonly index: number;
  readonly process: Process;
  readonly add: Add;
}

export const IDLE: Omit<Process, 'isOn' | 'left' | 'command'> = {
  at: 'idle',
  deliveryId: undefined,
  n: undefined,
  unconfirmed: undefined,
  look: undefined,
  event: undefined,
  isLate: undefined,
  isDeleted: undefined,
};

export function stop(next: World, index: number): void {
  next.processes = next.processes.map((one, at) => (at === index ? OFF : one));
}

export function isFenced({ world, scenario, index }: Stage): boolean {
  return scenario.habits.hasFence && world.leader !== index;
}

/** One transaction that looks once more at what is to be done, and writes the attempt if it still is that. */
export function writeAttempt(stage: Stage): void {
  const { world, scenario, index } = stage;
  const process = world.processes[index];
  if (process === undefined || isFenced(stage)) return stop(world, index);
  const { deliveryId = '', n, unconfirmed = false } = process;
  if (n === undefined || openDelivery(world, deliveryId) === undefined) return setProcess(world, index, IDLE);
  write(world, scenario, { id: deliveryId, event: { kind: 'attempt', n, at: 0, unconfirmed } });
  const isLate = openDelivery(world, deliveryId)?.isAcknowledged;
  setProcess(world, index, { at: 'wrote', look: undefined, left: 0, isLate: isLate === true || undefined });
}

export function addLeaving(stage: Stage): void {
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

export function leave({ world, index, process, scenario }: Stage): void {
  const open = openDelivery(world, process.deliveryId);
  const step = open?.delivery.steps.find(({ n }) => n === process.n);
  if (process.isLate === true) world.wrong = 'sent after a person was told that nothing comes any more';
  if (open === undefined || step === undefined) return setProcess(world, index, IDLE);
  for (const paper of step.papers) {
    if (world.records[paper] === 'refused')
      world.wrong = `paper ${paper} was recorded as refused, and is asked for again`;
  }
  setProcess(world, index, { at: 'waiting', left: 0 });
  const request: Request = {
    key: `${open.delivery.id}-${step.n}`,
    owner: index,
    deliveryId: open.delivery.id,
    step,
    customId: Number(step.view),
    papers: step.papers.join(''),
    slotAge: scenario.setting.mention === true ? open.age : 0,
    age: 0,
    wasLookedFor: false,
  };
  world.requests = [...world.requests, request].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

export function addRecording(stage: Stage): void {
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
export function record(
  stage: Stage,
  { id, event }: { readonly id: string; readonly event: DeliveryEvent },
): void {
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

export function labelOf(event: DeliveryEvent): string {
  const number = 'n' in event ? ` ${event.n}` : '';
  return `record ${event.kind === 'close' ? event.state : event.kind}${number}`;
}
