import type { Instant } from '../calendar.ts';
import type { DestinationHistory } from '../history.ts';
import type { Notice, PostedMessage, Roundup } from '../shown.ts';
import type { Attribution } from './attribute-digests.ts';
import type { AuditContext } from './context.ts';
import type { SeenDelivery } from './deliveries.ts';
import { nameNews } from './followed-papers.ts';
import { listInstantDebts } from './list-instant-debts.ts';
import { listNewsDebts } from './list-news-debts.ts';
import { listSlotDebts } from './list-slot-debts.ts';
import { listRoundupDebts, nameRoundup } from './roundups.ts';
import { findPassedOver } from './passed-over.ts';

/** A paper, or a piece of news, that had to come; real instants. */
export interface Debt {
  readonly what: string;
  /** Late after it. */
  readonly deadline: Instant;
  readonly cameAt?: Instant;
}

/** What was due, and from when on. */
export interface Claim {
  readonly what: string;
  readonly from: Instant;
  readonly deadline: Instant;
}

export interface Received {
  readonly messages: readonly PostedMessage[];
  readonly notices: readonly (PostedMessage & { readonly notice: Notice })[];
  readonly roundups: readonly (PostedMessage & { readonly roundup: Roundup })[];
  readonly deliveries: readonly SeenDelivery[];
  readonly attributions: ReadonlyMap<string, Attribution>;
}

/**
 * All that had to come to a destination, and when it did. What is uncertain, such as a command under way when the slot
 * comes, is left to the next slot, where it is certain.
 */
export function listDebts(
  context: AuditContext,
  destination: DestinationHistory,
  received: Received,
): readonly Debt[] {
  const passedOver = findPassedOver(context, destination, received.deliveries);
  const arrivals = readArrivals(received);
  const claims = [
    ...listInstantDebts(context, destination),
    ...listSlotDebts(context, destination, received),
  ].filter(({ what, deadline }) => (passedOver.get(what) ?? Infinity) > deadline);
  const all = [...claims, ...listNewsDebts(context, destination), ...listRoundupDebts(context, destination)];
  return joinClaims(
    all.filter((claim) => !wasRefused(context, destination, claim)),
    arrivals,
  );
}

/** A paper that was refused for its content does not come again, nor need news of it come meanwhile. */
function wasRefused(
  { history }: AuditContext,
  { channelId }: DestinationHistory,
  { what, deadline }: Claim,
): boolean {
  return history.refusals.some(
    (one) =>
      what.startsWith(one.paperId) && one.from <= deadline && (one.channelId ?? channelId) === channelId,
  );
}

/** Each thing once: by the first claim that it did not come before. */
function joinClaims(claims: readonly Claim[], arrivals: ReadonlyMap<string, Instant>): readonly Debt[] {
  const debts = new Map<string, Debt>();
  for (const { what, from, deadline } of claims) {
    const cameAt = arrivals.get(what);
    const wasPaid = cameAt !== undefined && cameAt < from;
    if ((debts.get(what)?.deadline ?? Infinity) < Infinity) continue;
    debts.set(what, {
      what,
      deadline: wasPaid ? Infinity : deadline,
      ...(cameAt === undefined ? {} : { cameAt }),
    });
  }
  return [...debts.values()];
}

/** When each paper, and each piece of news, came first. */
function readArrivals({ messages, notices, roundups }: Received): ReadonlyMap<string, Instant> {
  const arrivals = new Map<string, Instant>();
  const note = (what: string, at: Instant) =>
    arrivals.set(what, Math.min(at, arrivals.get(what) ?? Infinity));
  for (const { at, papers } of messages) for (const { id } of papers) note(id, at);
  for (const { at, notice } of notices)
    for (const event of notice.events) note(nameNews(notice.paperId, event), at);
  for (const { at, roundup } of roundups) note(nameRoundup(roundup.until), at);
  return arrivals;
}
