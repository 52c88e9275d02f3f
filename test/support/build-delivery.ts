import { type Delivery, type PlannedStep, planStep, type Step } from '../../src/delivery/delivery.ts';

export const PLACE = {
  kind: 'channel',
  channelId: '100000000000000001',
  guildId: '100000000000000009',
  channelKind: 'text',
} as const;

/** Nine in the morning of 10 June 2026 in London. */
export const SLOT = Date.parse('2026-06-10T08:00:00Z');

/** An open digest of the steps given, and what the test is about. */
export function buildDelivery(steps: readonly Step[], about: Partial<Delivery> = {}): Delivery {
  return {
    id: 'delivery00000001',
    destinationId: 'c100000000000000001',
    place: PLACE,
    kind: 'digest',
    slot: SLOT,
    state: 'open',
    mention: 'none',
    hidden: [],
    plannedAt: SLOT,
    steps,
    ...about,
  };
}

/** A planned message with one paper, and what the test is about. */
export function buildStep(about: Partial<Step> = {}): Step {
  return { ...planStep(plannedMessage(about.n ?? 0), about.n ?? 0), ...about };
}

export function plannedMessage(n: number, papers: readonly string[] = [`paper ${n}`]): PlannedStep {
  return { n, kind: 'message', papers, form: 'rich', view: 'cards' };
}
