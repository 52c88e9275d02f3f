import { type Delivery, stepOf } from '../../src/delivery/delivery.ts';
import type { Barred } from '../../src/delivery/delivery-transport.ts';
import type { DeliveryEvent } from '../../src/delivery/transitions.ts';
import { excuse } from './ledger.ts';
import {
  LANDING_TICKS,
  type Look,
  type Message,
  PERIOD,
  type Request,
  type Scenario,
  timeOf,
  type World,
} from './world.ts';

/** Discord's memory of nonces, counted from the message. */
export const NONCE_MEMORY_TICKS = 3;

/** The text holds something that Discord does not allow. */
const REFUSED_TEXT = 200_000;

const CODES = { blocked: 50_013, gone: 10_003, 'dms-closed': 50_007 } as const;

/** A request comes before Discord: its effect, and what the answer means for the delivery. */
export function land(world: World, scenario: Scenario, request: Request): DeliveryEvent {
  const { setting } = scenario;
  const { n } = request.step;
  const at = timeOf(world, setting);
  if (request.step.kind === 'thread') return landThread(world, scenario, request);
  const barred = barredBy(world);
  if (barred !== undefined) return { kind: 'barred', n, barred, at };
  const twin = twinOf(world, request);
  if (twin?.isDeleted) return readDeleted(scenario, { n, at });
  if (twin !== undefined) return { kind: 'sent', n, messageId: 'm', at };
  const isRefused = request.papers.split('').some((paper) => {
    const poison = setting.poison?.[paper];
    return poison === 'always' || (poison === 'rich' && request.step.form === 'rich');
  });
  if (isRefused) return { kind: 'content', n, code: setting.refusesAll ?? REFUSED_TEXT };
  post(world, scenario, request);
  return { kind: 'sent', n, messageId: 'm', at };
}

/** The message that was made with the same nonce. */
export function twinOf(world: World, { key, step }: Request): Message | undefined {
  if (step.kind !== 'message') return undefined;
  return world.messages.find((one) => one.key === key && one.age <= NONCE_MEMORY_TICKS);
}

/** What the transport makes of 10008 for a message with a nonce. */
function readDeleted(
  { habits }: Scenario,
  { n, at }: { readonly n: number; readonly at: number },
): DeliveryEvent {
  if (habits.deleted === 'sent') return { kind: 'sent', n, at };
  return habits.deleted === 'content' ? { kind: 'content', n, code: 10_008 } : { kind: 'no-effect', n };
}

function landThread(
  world: World,
  { setting, habits }: Scenario,
  { step, deliveryId }: Request,
): DeliveryEvent {
  const { n } = step;
  const at = timeOf(world, setting);
  const barred = barredBy(world);
  const refuse = (code: number): DeliveryEvent =>
    habits.threadRefusal === 'skipped'
      ? { kind: 'skipped', n, code }
      : { kind: 'barred', n, barred: barred ?? { kind: 'blocked', code, message: '' }, at };
  if (barred !== undefined) return refuse(barred.code);
  const parent = world.messages.find(
    (one) => one.deliveryId === deliveryId && one.customId === step.threadOf,
  );
  if (parent === undefined || parent.isDeleted) return { kind: 'skipped', n, code: 10_008 };
  if (parent.hasThread) return { kind: 'sent', n, at };
  if (setting.threadsAreFull === true) return refuse(160_006);
  world.messages = world.messages.map((one) => (one === parent ? { ...one, hasThread: true } : one));
  return { kind: 'sent', n, messageId: 't', at };
}

function barredBy({ place }: World): Barred | undefined {
  return place === 'open' ? undefined : { kind: place, code: CODES[place], message: '' };
}

/** It is there, and people see it. */
function post(world: World, { setting }: Scenario, request: Request): void {
  const { key, deliveryId, customId, step, papers } = request;
  if (setting.hasLateEffects === true && (request.wasLookedFor || request.age > LANDING_TICKS)) {
    excuse(world, papers);
  }
  for (const paper of papers) {
    const times = Math.min(2, (world.witness.posted[paper] ?? 0) + 1);
    world.witness = { ...world.witness, posted: { ...world.witness.posted, [paper]: times } };
    if (times > 1 && !world.witness.excused.includes(paper)) world.wrong = `paper ${paper} was posted twice`;
    if (world.records[paper] === 'hidden') world.wrong = `paper ${paper} was passed over for good, and came`;
    if (setting.isCalm === true && !world.witness.isFirstSlot) {
      world.wrong = `paper ${paper} came a slot late, without any trouble`;
    }
  }
  if (step.mentions) mention(world, request.slotAge, setting.isCalm === true);
  const message = { key, deliveryId, customId, papers, age: 0, hasThread: false, isDeleted: false };
  world.messages = [...world.messages, message].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function mention(world: World, slotAge: number, isCalm: boolean): void {
  const [present, before] = world.witness.mentions;
  const isPresent = slotAge < PERIOD;
  const mentions: readonly [number, number] = isPresent ? [present + 1, before] : [present, before + 1];
  const allMentions = world.witness.allMentions + (isCalm ? 1 : 0);
  world.witness = { ...world.witness, mentions, allMentions };
  if (Math.max(...mentions) > 1) world.wrong = 'the role was mentioned twice for one slot';
}

/** What a whole and undisturbed look-up says. */
export function lookUp(
  world: World,
  { setting, habits }: Scenario,
  { delivery, n }: { delivery: Delivery; n: number },
): Look['answer'] {
  if (world.place === 'blocked' || world.place === 'gone') return world.place;
  if (setting.isUnreadable === true) return 'unreadable';
  const since = -(stepOf(delivery, n).firstAttemptAt ?? 0) - habits.looksLateBy;
  const isThere = world.messages.some(
    (one) => !one.isDeleted && one.deliveryId === delivery.id && one.customId === n && one.age <= since,
  );
  return isThere ? 'found' : 'absent';
}
