import { z } from 'zod';
import type { Delivery, Json, PaperRecord, Step } from '../../delivery/delivery.ts';
import type { Destination, OpenPlace, Place } from '../../subscriptions/destination.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { SavedSearch } from '../../topics/saved-searches.ts';

const Text = z.string();
const Whole = z.number().int();
const Day = Text.regex(/^\d{4}-\d{2}-\d{2}$/);
const Flag = Whole.transform((flag) => flag !== 0);

/** A column of JSON text. */
function json<T>(schema: z.ZodType<T>) {
  return Text.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'no JSON' });
      return z.NEVER;
    }
  }).pipe(schema);
}

/** A row whose nulls are absent, as they are in the domain. */
function row<T>(schema: z.ZodType<T>) {
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([, column]) => column !== null));
  }, schema);
}

const ChannelPlace = z.object({
  kind: z.literal('channel'),
  channelId: Text,
  guildId: Text,
  channelKind: z.enum(['text', 'announcement', 'thread', 'forum']),
});
const DmPlace = z.object({ kind: z.literal('dm'), userId: Text, channelId: Text.exactOptional() });
const AnyPlace = z.discriminatedUnion('kind', [ChannelPlace, DmPlace]) satisfies z.ZodType<Place>;
const PlaceToSend = z.discriminatedUnion('kind', [
  ChannelPlace,
  DmPlace.extend({ channelId: Text }),
]) satisfies z.ZodType<OpenPlace>;

const Schedule = z.object({
  at: z.union([Whole.min(0).max(1439), z.literal('instantly')]),
  zone: Text,
  days: z.array(z.literal([1, 2, 3, 4, 5, 6, 7])).min(1),
});

const SubscriptionRow = z
  .object({
    id: Text,
    destinationId: Text,
    name: Text,
    query: Text,
    minUpvotes: Whole.min(0),
    startDay: Day,
    createdAt: Whole,
    createdBy: Text,
  })
  .transform(({ name, query, ...rest }): Subscription => ({ ...rest, topic: { name, query } }));

const Trouble = z.object({
  troubleKind: z.enum(['blocked', 'gone', 'dms-closed']),
  troubleCode: Whole,
  troubleSince: Whole,
  troubleTriedAt: Whole,
});
const NoTrouble = z.object({ troubleKind: z.never().exactOptional() });

const DestinationRow = z
  .object({
    id: Text,
    place: json(AnyPlace),
    schedule: json(Schedule),
    style: z.enum(['cards', 'compact', 'threads']),
    max: Whole.min(1).max(25),
    overflow: z.enum(['list', 'hide']),
    mention: Text.exactOptional(),
    nextSlot: Whole,
    coveredSlot: Whole.exactOptional(),
    mentionedOn: Day.exactOptional(),
    lastDeliveredAt: Whole.exactOptional(),
    pausedAt: Whole.exactOptional(),
    createdAt: Whole,
  })
  .and(z.union([Trouble, NoTrouble]))
  .transform((columns): Omit<Destination, 'subscriptions'> => {
    if (columns.troubleKind === undefined) return columns;
    const {
      troubleKind: kind,
      troubleCode: code,
      troubleSince: since,
      troubleTriedAt: triedAt,
      ...rest
    } = columns;
    return { ...rest, trouble: { kind, code, since, triedAt } };
  });

const DeliveryRow = z
  .object({
    id: Text,
    destinationId: Text,
    place: json(PlaceToSend),
    kind: z.enum(['digest', 'sample']),
    subscriptionId: Text.exactOptional(),
    slot: Whole,
    state: z.enum(['open', 'done', 'rejected', 'expired', 'cancelled']),
    givenUpReason: z.enum(['paused', 'removed', 'unfollowed', 'gone']).exactOptional(),
    givenUpAt: Whole.exactOptional(),
    mention: z.enum(['none', 'due', 'out']),
    plannedAt: Whole,
    closedAt: Whole.exactOptional(),
  })
  .transform((columns): Omit<Delivery, 'hidden' | 'steps'> => {
    const { givenUpReason: reason, givenUpAt: at, ...rest } = columns;
    return reason === undefined ? rest : { ...rest, givenUp: { reason, at: at ?? rest.plannedAt } };
  });

const StepRow = z.object({
  n: Whole,
  position: Whole,
  kind: z.enum(['message', 'forum-post', 'thread']),
  threadOf: Whole.exactOptional(),
  form: z.enum(['rich', 'plain']),
  status: z.enum([
    'planned',
    'attempted',
    'uncertain',
    'sent',
    'skipped',
    'refused',
    'split',
    'barred',
    'unknown',
  ]),
  attempts: Whole.min(0),
  firstAttemptAt: Whole.exactOptional(),
  refusal: Whole.exactOptional(),
  mentions: Flag,
  unconfirmed: Flag,
  messageId: Text.exactOptional(),
  code: Whole.exactOptional(),
}) satisfies z.ZodType<Omit<Step, 'papers' | 'payload' | 'plain'>>;

const Payload: z.ZodType<Json> = json(z.json());

const RecordRow = z
  .object({
    paperId: Text,
    kind: z.enum(['sent', 'refused', 'hidden']),
    messageId: Text.exactOptional(),
    code: Whole.exactOptional(),
    unconfirmed: Flag,
    at: Whole,
  })
  .transform(({ unconfirmed, ...rest }): PaperRecord => ({
    ...rest,
    ...(unconfirmed ? { unconfirmed } : {}),
  }));

const SearchesOfPerson = z.record(
  Text,
  z.object({ query: Text, sort: z.enum(['relevance', 'newest', 'upvotes']), at: Whole }),
);

/** The searches of one person by the hash of what was searched for. */
export type SearchesOfPerson = Readonly<Record<string, SavedSearch & { readonly at: number }>>;

/** Reads a row or a value; undefined when it is not what the schema says. */
type Read<T> = (value: unknown) => T | undefined;

function readWith<T>(schema: z.ZodType<T>): Read<T> {
  return (value) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : undefined;
  };
}

export const readDestinationRow = readWith(row(DestinationRow));
export const readSubscriptionRow = readWith(row(SubscriptionRow));
export const readDeliveryRow = readWith(row(DeliveryRow));
export const readStepRow = readWith(row(StepRow));
export const readPayload = readWith(Payload);
export const readRecordRow = readWith(row(RecordRow));
export const readSearches: Read<SearchesOfPerson> = readWith(SearchesOfPerson);
export const readPaperIds = readWith(z.array(Text));
export const readText = readWith(Text);
