import type { History } from '../history.ts';
import { type AuditContext, createAuditContext } from './context.ts';
import { buildGroup, type GroupEvidence } from '../meetings/meetings.ts';
import { buildPlace, type PlaceEvidence } from './place.ts';

/** All that the promises are judged by. */
export interface Evidence extends AuditContext {
  readonly places: readonly PlaceEvidence[];
  readonly groups: readonly GroupEvidence[];
}

/** With `patience` what is due counts from its deadline on, else from its slot on. */
export function createEvidence(history: History, options: { readonly patience?: boolean } = {}): Evidence {
  const context = createAuditContext(history, options);
  return {
    ...context,
    places: history.destinations.map((destination) => buildPlace(context, destination)),
    groups: history.groups.map((group) => buildGroup(history, group)),
  };
}
