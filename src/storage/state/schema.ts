import { z } from 'zod';
import type { Delivery, Json } from '../../digest/delivery.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { SentMarks } from './sent-marks.ts';

const Text = z.string();
const Instant = z.number().int();
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Weekday = z.literal([1, 2, 3, 4, 5, 6, 7]);

export const DestinationRecord = z.object({
  id: Text,
  place: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('channel'),
      channelId: Text,
      guildId: Text,
      channelKind: z.enum(['text', 'announcement', 'thread', 'forum']),
    }),
    z.object({ kind: z.literal('dm'), userId: Text, channelId: Text.exactOptional() }),
  ]),
  schedule: z.object({
    at: z.union([z.number().int().min(0).max(1439), z.literal('instantly')]),
    zone: Text,
    days: z.array(Weekday).min(1),
  }),
  style: z.enum(['cards', 'compact', 'threads']),
  max: z.number().int().min(1).max(25),
  rest: z.enum(['list', 'hide']),
  mention: Text.exactOptional(),
  scheduledSince: Instant,
  decidedSlot: Instant.exactOptional(),
  coveredSlot: Instant.exactOptional(),
  instantlySince: Instant.exactOptional(),
  lastDeliveredAt: Instant.exactOptional(),
  mentionedAt: Instant.exactOptional(),
  pausedAt: Instant.exactOptional(),
  trouble: z
    .object({
      kind: z.enum(['blocked', 'gone', 'refused']),
      code: z.number(),
      since: Instant,
      attemptedAt: Instant,
    })
    .exactOptional(),
  createdAt: Instant,
}) satisfies z.ZodType<Destination>;

const SubscriptionRecord = z.object({
  id: Text,
  destinationId: Text,
  topic: z.object({ name: Text, query: Text }),
  minUpvotes: z.number().int().min(0),
  startDay: Day,
  createdAt: Instant,
  createdBy: Text,
}) satisfies z.ZodType<Subscription>;

export const SubscriptionsRecord = z.array(SubscriptionRecord);

const JsonValue: z.ZodType<Json> = z.json();

const Outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sent'),
    messageId: Text.exactOptional(),
    unconfirmed: z.boolean().exactOptional(),
  }),
  z.object({ kind: z.enum(['gone', 'blocked', 'refused']), code: z.number(), message: Text }),
  z.object({ kind: z.enum(['bad-payload', 'skipped']), code: z.number(), message: Text }),
]);

export const DeliveryRecord = z.object({
  id: Text,
  destinationId: Text,
  kind: z.enum(['digest', 'sample']),
  slot: Instant,
  plannedAt: Instant,
  steps: z.array(
    z.object({
      kind: z.enum(['message', 'thread-from-message', 'forum-post']),
      payload: JsonValue,
      plainPayload: JsonValue.exactOptional(),
      paperIds: z.array(Text),
      passedOver: z.array(Text).exactOptional(),
      mention: z.literal(true).exactOptional(),
      attemptedAt: Instant.exactOptional(),
      outcome: Outcome.exactOptional(),
    }),
  ),
  state: z.enum(['open', 'done', 'rejected', 'expired', 'cancelled']),
  cancelledAt: Instant.exactOptional(),
  closedAt: Instant.exactOptional(),
}) satisfies z.ZodType<Delivery>;

export const SentMarksRecord = z.array(z.tuple([Instant, Text])) satisfies z.ZodType<SentMarks>;

const Search = z.object({ query: Text, sort: z.enum(['relevance', 'newest', 'upvotes']), at: Instant });
/** What one person searched for, by the hash of it. */
export const SearchesRecord = z.record(Text, Search);

export const SourceAnswerRecord = z.object({ paperIds: z.array(Text), at: Instant });

export const MetaRecord = z.string();

/** What every value in the store is wrapped in. */
export const Envelope = z.object({ version: z.number().int().min(1), value: z.unknown() });
export type Envelope = z.infer<typeof Envelope>;

export const UserVersionRow = z.object({ user_version: z.number() });

export const IntegrityRow = z.object({ integrity_check: Text });
export const TableNameRow = z.object({ name: Text });
export const CountRow = z.object({ count: z.number() });

export const KeyRows = z.array(z.object({ key: Text }));

/** Reads a stored value; undefined when it is not what the schema says. */
export function readWith<T>(schema: z.ZodType<T>): (value: unknown) => T | undefined {
  return (value) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : undefined;
  };
}
