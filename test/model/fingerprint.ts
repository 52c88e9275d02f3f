import type { Delivery } from '../../src/delivery/delivery.ts';
import type { DeliveryEvent } from '../../src/delivery/transitions.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Message, OpenDelivery, Process, Request, Setting, Witness, World } from './world.ts';

/** Parts are shared by many worlds and never change: each is spelled out once, and has a short name from then on. */
const names = new WeakMap<object, string>();
const nameOfText = new Map<string, string>();

function nameOf<Part extends object>(part: Part, spell: (part: Part) => string): string {
  const before = names.get(part);
  if (before !== undefined) return before;
  const text = spell(part);
  const name = nameOfText.get(text) ?? nameOfText.size.toString(36);
  nameOfText.set(text, name);
  names.set(part, name);
  return name;
}

/** Two worlds with the same fingerprint go on alike. 53 bits. */
export function fingerprintOf(world: World, setting: Setting): number {
  const text = textOf(world, setting);
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

function textOf(world: World, setting: Setting): string {
  const spellPlace = setting.tickMs === undefined ? spellDestination : spellOldDestination;
  const { destination, wrong } = world;
  let text = `${world.phase}${world.leader}${world.place}${world.followed}${wrong ?? ''}`;
  text += `|${destination === undefined ? '' : nameOf(destination, spellPlace)}|${nameOf(world.budget, spellValues)}`;
  text += `|${nameOf(world.records, spellEntries)}|${nameOf(world.witness, spellWitness)}`;
  for (const one of world.deliveries) text += `|${nameOf(one, spellOpen)}`;
  for (const one of world.processes) text += `|${nameOf(one, spellProcess)}`;
  for (const one of world.requests) text += `|${nameOf(one, spellRequest)}`;
  for (const one of world.messages) text += `|${nameOf(one, spellMessage)}`;
  return text;
}

/** Where the trouble of a place began matters only in worlds of many days. */
function spellDestination({ nextSlot, coveredSlot, mentionedOn, pausedAt, trouble }: Destination): string {
  return `P${nextSlot},${coveredSlot ?? ''},${mentionedOn ?? ''},${pausedAt ?? ''},${trouble?.kind ?? ''}`;
}

function spellOldDestination(destination: Destination): string {
  return `${spellDestination(destination)}${destination.trouble?.since ?? ''}`;
}

function spellValues(budget: World['budget']): string {
  return `B${Object.values(budget).join()}`;
}

function spellEntries(values: Readonly<Record<string, string | number>>): string {
  return Object.keys(values)
    .toSorted()
    .map((key) => `${key}${values[key]}`)
    .join();
}

function spellWitness({ posted, excused, mentions, allMentions, isFirstSlot }: Witness): string {
  return `W${spellEntries(posted)},${excused},${mentions.join()},${allMentions}${isFirstSlot}`;
}

function spellOpen({ delivery, age, isAcknowledged }: OpenDelivery): string {
  return `O${age}${isAcknowledged}${nameOf(delivery, spellDelivery)}`;
}

function spellDelivery({ id, kind, slot, givenUp, mention, hidden, steps }: Delivery): string {
  const spelled = steps.map((step) =>
    [
      `${step.n}${step.kind}${step.papers.join('')}${step.form}${step.status}${step.attempts},${step.firstAttemptAt ?? ''}`,
      `${step.refusal ?? ''},${step.mentions}${step.unconfirmed}${step.messageId ?? ''},${step.code ?? ''}`,
    ].join(),
  );
  return `${id}${kind}${slot}${givenUp?.reason ?? ''}${mention}${hidden.join('')};${spelled.join(';')}`;
}

function spellProcess(process: Process): string {
  const { isOn, at, deliveryId, n, unconfirmed, look, event, left, command, isLate, isDeleted } = process;
  const known = [isOn, at, deliveryId, n, unconfirmed, look?.answer, look?.sinceLeft, spellEvent(event)];
  return `R${[...known, left, command, isLate, isDeleted].join()}`;
}

function spellEvent(event: DeliveryEvent | undefined): string {
  if (event === undefined) return '';
  const detail = event.kind === 'barred' || event.kind === 'look-barred' ? event.barred.kind : '';
  return `${event.kind}${detail}${'code' in event ? event.code : ''}${'messageId' in event ? event.messageId : ''}`;
}

function spellRequest({ key, customId, owner, step, papers, slotAge, age, wasLookedFor }: Request): string {
  return `Q${key},${customId},${owner ?? '-'},${step.form}${step.mentions}${papers},${slotAge},${age}${wasLookedFor}`;
}

function spellMessage({ key, customId, papers, age, hasThread, isDeleted }: Message): string {
  return `M${key},${customId},${papers},${age}${hasThread}${isDeleted}`;
}
