import { z } from 'zod';
import type { Delivery, Json, PaperRecord } from '../../delivery/delivery.ts';
import type { Post } from '../../digest/post.ts';
import { PAPER_EVENTS } from '../../papers/paper-event.ts';
import type { SavedPaper } from '../../papers/saved-papers.ts';
import type { Destination, OpenPlace, Place } from '../../subscriptions/destination.ts';
import type { PaperFollow } from '../../subscriptions/follow-paper.ts';
import type { Subscription } from '../../subscriptions/subscription.ts';
import type { SavedSearch } from '../../topics/run-search.ts';

const Text = z.string();
const Whole = z.number().int();
const Day = Text.regex(/^\d{4}-\d{2}-\d{2}$/);

/** JSON text. */
export function json<T>(schema: z.ZodType<T>) {
  return Text.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'no JSON' });
      return z.NEVER;
    }
  }).pipe(schema);
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

const SubscriptionDocument = z.object({
  id: Text,
  destinationId: Text,
  topic: z.object({ name: Text, query: Text }),
  minUpvotes: Whole.min(0),
  startDay: Day,
  createdAt: Whole,
  createdBy: Text,
}) satisfies z.ZodType<Subscription>;

const DestinationDocument: z.ZodType<Destination> = z.object({
  id: Text,
  place: AnyPlace,
  subscriptions: z.array(SubscriptionDocument).min(1),
  schedule: z.object({
    at: z.union([Whole.min(0).max(1439), z.literal('instantly')]),
    zone: Text,
    days: z.array(z.literal([1, 2, 3, 4, 5, 6, 7])).min(1),
  }),
  style: z.enum(['cards', 'compact', 'threads', 'embeds']),
  max: Whole.min(1).max(25),
  overflow: z.enum(['list', 'hide']),
  mention: Text.exactOptional(),
  roundup: z
    .object({
      on: z.union([z.literal([1, 2, 3, 4, 5, 6, 7]), z.literal('first')]),
      at: Whole.min(0).max(1439),
      nextAt: Whole,
    })
    .exactOptional(),
  nextSlot: Whole,
  coveredSlot: Whole.exactOptional(),
  mentionedOn: Day.exactOptional(),
  lastDeliveredAt: Whole.exactOptional(),
  pausedAt: Whole.exactOptional(),
  trouble: z
    .object({
      kind: z.enum(['blocked', 'gone', 'dms-closed']),
      code: Whole,
      since: Whole,
      triedAt: Whole,
      looks: Whole.exactOptional(),
    })
    .exactOptional(),
  createdAt: Whole,
});

const DeliveryDocument: z.ZodType<Delivery> = z.object({
  id: Text,
  destinationId: Text,
  place: PlaceToSend,
  kind: z.enum(['digest', 'sample', 'notice', 'meeting', 'roundup']),
  subscriptionId: Text.exactOptional(),
  slot: Whole,
  state: z.enum(['open', 'done', 'rejected', 'expired', 'cancelled']),
  givenUp: z
    .object({ reason: z.enum(['paused', 'removed', 'unfollowed', 'gone']), at: Whole })
    .exactOptional(),
  mention: z.enum(['none', 'due', 'out']),
  hidden: z.array(Text),
  suspects: z.array(Text).exactOptional(),
  plannedAt: Whole,
  closedAt: Whole.exactOptional(),
  steps: z.array(
    z.object({
      n: Whole,
      position: Whole,
      kind: z.enum(['message', 'forum-post', 'thread', 'poll', 'event']),
      threadOf: Whole.exactOptional(),
      papers: z.array(Text),
      view: z.custom<Json>().exactOptional(),
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
      mentions: z.boolean(),
      unconfirmed: z.boolean(),
      messageId: Text.exactOptional(),
      code: Whole.exactOptional(),
    }),
  ),
});

const PostDocument: z.ZodType<Post> = z.object({
  deliveryId: Text,
  n: Whole,
  channelId: Text,
  messageId: Text,
  mayBeCrossposted: z.boolean(),
  role: Text.exactOptional(),
  postedAt: Whole,
  refreshAt: Whole,
  view: z.custom<Json>(),
  shown: Text,
});

const FollowDocument: z.ZodType<PaperFollow> = z.object({
  destinationId: Text,
  paperId: Text,
  place: PlaceToSend,
  known: z.array(z.enum(PAPER_EVENTS)),
  followedBy: Text,
  followedAt: Whole,
  until: Whole,
});

const SavedPaperDocument: z.ZodType<SavedPaper> = z.object({
  userId: Text,
  paperId: Text,
  savedAt: Whole,
  note: Text.exactOptional(),
  tags: z.array(Text).exactOptional(),
  readAt: Whole.exactOptional(),
});

const RecordRow = z
  .object({
    paper_id: Text,
    kind: z.enum(['sent', 'refused', 'hidden']),
    message_id: Text.nullable(),
    code: Whole.nullable(),
    unconfirmed: Whole,
    at: Whole,
  })
  .transform(({ paper_id, kind, message_id, code, unconfirmed, at }): PaperRecord => ({
    paperId: paper_id,
    kind,
    ...(message_id === null ? {} : { messageId: message_id }),
    ...(code === null ? {} : { code }),
    ...(unconfirmed === 0 ? {} : { unconfirmed: true }),
    at,
  }));

/** The searches of one person by the hash of what was searched for. */
export type SearchesOfPerson = Readonly<Record<string, SavedSearch & { readonly at: number }>>;

const SearchesOfPerson: z.ZodType<SearchesOfPerson> = z.record(
  Text,
  z.object({
    query: Text,
    sort: z.enum(['relevance', 'newest', 'upvotes']),
    name: Text.exactOptional(),
    at: Whole,
  }),
);

/** A form that was refused, as somebody had filled it in. */
const FormDraft = z.object({
  id: Text,
  name: Text,
  values: z.array(Text).readonly(),
  fields: z.record(Text, z.array(Text).readonly()),
});
export type FormDraft = z.infer<typeof FormDraft>;

/** Reads a row or a value; undefined when it is not what the schema says. */
export function readWith<T>(schema: z.ZodType<T>): (value: unknown) => T | undefined {
  return (value) => {
    const result = schema.safeParse(value);
    return result.success ? result.data : undefined;
  };
}

export const readDestination = readWith(json(DestinationDocument));
export const readDelivery = readWith(json(DeliveryDocument));
export const readPost = readWith(json(PostDocument));
export const readFollow = readWith(json(FollowDocument));
export const readSavedPaper = readWith(json(SavedPaperDocument));
export const readRecord = readWith(RecordRow);
export const readSearches = readWith(SearchesOfPerson);
export const readFormDraft = readWith(FormDraft);
export const readPaperIds = readWith(z.array(Text));
export const readText = readWith(Text);
