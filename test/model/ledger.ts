import { type Delivery, type PlannedStep, planStep, type Step } from '../../src/delivery/delivery.ts';
import type { DeliveryEvent } from '../../src/delivery/transitions.ts';
import { afterEmptySlot } from '../../src/delivery/destination-after.ts';
import { localTimeAt } from '../../src/calendar/zoned-time.ts';
import {
  LIFETIME_TICKS,
  PLACE,
  type Request,
  type Scenario,
  type Setting,
  SLOT,
  timeOf,
  type World,
} from './world.ts';

const TODAY = localTimeAt(SLOT, 'UTC').day;

export function isDue({ destination, phase }: World): boolean {
  if (destination === undefined || destination.pausedAt !== undefined) return false;
  return destination.nextSlot <= SLOT && phase < LIFETIME_TICKS.digest;
}

/** Papers that are followed here, in a window that begins at the last covered slot, without a record. */
export function choose(world: World, { setting, habits }: Scenario): string {
  const { destination, followed, records } = world;
  if (destination?.coveredSlot !== undefined && setting.overlaps !== true) return '';
  return followed
    .split('')
    .filter(
      (paper) => records[paper] === undefined || (habits.refusedComeAgain && records[paper] === 'refused'),
    )
    .join('');
}

export function plan(world: World, scenario: Scenario, kind: 'digest' | 'sample'): void {
  const { setting, habits } = scenario;
  const chosen = choose(world, scenario);
  if (world.destination === undefined) return;
  if (chosen === '') {
    world.destination = afterEmptySlot(world.destination, SLOT);
    return;
  }
  if (world.deliveries.length > 0) world.wrong = 'two deliveries of one destination are open';
  const shown = chosen.slice(0, setting.max);
  const mentions = kind === 'digest' && setting.mention === true && world.destination.mentionedOn !== TODAY;
  const delivery: Delivery = {
    id: habits.planIds === 'same' && kind === 'digest' ? 's' : freshId(world),
    destinationId: world.destination.id,
    place: PLACE,
    kind,
    slot: SLOT,
    state: 'open',
    mention: mentions ? 'due' : 'none',
    hidden: chosen.slice(shown.length).split(''),
    plannedAt: SLOT,
    steps: layOut(shown, setting, mentions).map(planStep),
  };
  const age = kind === 'digest' ? world.phase : 0;
  world.deliveries = [...world.deliveries, { delivery, age, isAcknowledged: false }];
}

/** With a mention the message for that comes first; posts carry it themselves. */
function layOut(papers: string, setting: Setting, mentions: boolean): readonly PlannedStep[] {
  const steps = layOutPapers(papers, setting);
  return mentions && setting.layout !== 'posts'
    ? [plannedStep(steps.length, 'message', ''), ...steps]
    : steps;
}

function layOutPapers(papers: string, { layout }: Setting): readonly PlannedStep[] {
  switch (layout) {
    case 'one message':
      return [plannedStep(0, 'message', papers)];
    case 'two and one':
      return [papers.slice(0, 2), papers.slice(2)]
        .filter((some) => some !== '')
        .map((some, n) => plannedStep(n, 'message', some));
    case 'messages':
      return papers.split('').map((paper, n) => plannedStep(n, 'message', paper));
    case 'posts':
      return papers.split('').map((paper, n) => plannedStep(n, 'forum-post', paper));
    case 'threads':
      break;
  }
  return papers
    .split('')
    .flatMap((paper, at): PlannedStep[] => [
      plannedStep(2 * at, 'message', paper),
      { n: 2 * at + 1, kind: 'thread', form: 'plain', threadOf: 2 * at, papers: [], view: {} },
    ]);
}

/** Its content is nothing but the number that it carries in its custom ids. */
export function plannedStep(n: number, kind: 'message' | 'forum-post', papers: string): PlannedStep {
  return { n, kind, form: 'rich', papers: papers.split(''), view: n };
}

/** An id that nothing in this world knows any more. */
function freshId(world: World): string {
  const taken = new Set([
    ...world.messages.map(({ deliveryId }) => deliveryId),
    ...world.requests.map(({ deliveryId }) => deliveryId),
    ...world.deliveries.map(({ delivery }) => delivery.id),
    ...world.processes.map(({ deliveryId }) => deliveryId),
  ]);
  let count = 0;
  while (taken.has(`d${count}`)) count += 1;
  return `d${count}`;
}

/** One transaction: the delivery, the records of its papers, and what follows for the destination. */
export function write(
  world: World,
  scenario: Scenario,
  { id, event }: { id: string; event: DeliveryEvent },
): void {
  const open = world.deliveries.find(({ delivery }) => delivery.id === id);
  if (open === undefined) return;
  const before = open.delivery;
  if ('n' in event && !before.steps.some(({ n }) => n === event.n)) return;
  const dated: DeliveryEvent =
    event.kind === 'close' ? { ...event, at: timeOf(world, scenario.setting) } : event;
  const view = { delivery: before, destination: world.destination };
  const { delivery, records, destination } = scenario.table.apply(view, dated);
  for (const { paperId, kind } of records) {
    judgeRecord(world, scenario.setting, { paperId, kind });
    if (world.records[paperId] !== 'sent') world.records = { ...world.records, [paperId]: kind };
  }
  for (const step of delivery.steps) if (step.unconfirmed) excuse(world, step.papers);
  judgeEnds(world, scenario.setting, { before, delivery });
  world.destination = destination === 'removed' ? undefined : (destination ?? world.destination);
  world.deliveries = world.deliveries.flatMap((one) =>
    one !== open ? [one] : delivery.state === 'open' ? [{ ...one, delivery }] : [],
  );
}

export function excuse(world: World, papers: Iterable<string>): void {
  const excused = [...new Set([...world.witness.excused.split(''), ...papers])].toSorted().join('');
  if (excused !== world.witness.excused) world.witness = { ...world.witness, excused };
}

function judgeRecord(
  world: World,
  { poison, refusesAll }: Setting,
  { paperId, kind }: { readonly paperId: string; readonly kind: string },
): void {
  if (kind === 'sent' && world.witness.posted[paperId] === undefined) {
    world.wrong = `paper ${paperId} is recorded as sent, and nobody ever saw it`;
  }
  if (kind === 'refused' && (refusesAll !== undefined || poison?.[paperId] !== 'always')) {
    world.wrong = `paper ${paperId} is recorded as refused, and was not`;
  }
}

/** Is a step given up whose request may still have its effect? */
function judgeEnds(
  world: World,
  { hasLateEffects }: Setting,
  { before, delivery }: { readonly before: Delivery; readonly delivery: Delivery },
): void {
  if (hasLateEffects === true) return;
  for (const step of before.steps) {
    if (!isUnderWay(step)) continue;
    const after = delivery.steps.find(({ n }) => n === step.n);
    if (after?.status === 'sent') continue;
    if (delivery.state === 'open' && after !== undefined && isUnderWay(after)) continue;
    const mayLand = world.requests.some(
      (one) => one.owner === undefined && one.papers !== '' && isOf(one, { id: delivery.id, n: step.n }),
    );
    if (mayLand) world.wrong = `step ${step.n} is given up while it may still land`;
  }
}

function isUnderWay({ status }: Step): boolean {
  return status === 'attempted' || status === 'uncertain';
}

export function isOf(
  { deliveryId, step }: Request,
  { id, n }: { readonly id: string; readonly n: number | undefined },
): boolean {
  return deliveryId === id && step.n === n;
}
