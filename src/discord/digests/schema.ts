import { z } from 'zod';
import { PAPER_EVENTS } from '../../papers/paper-event.ts';

const Text = z.string();
const Integer = z.number().int();
const Whole = Integer.min(0);
/** Of a message that is found again by its custom ids: its delivery, and the number of its step. */
const Mark = { deliveryId: Text, n: Whole };

/** What one message of a digest shows, without its words: by it the message is made, and made again as votes grow. */
export const DigestView = z.object({
  kind: z.literal('digest'),
  ...Mark,
  look: z.enum(['layout', 'embeds']),
  /** Of a digest's first message. */
  heading: z
    .object({
      day: Text,
      papers: Whole,
      /** Those of list days before, and that day where it is one. */
      earlier: Whole,
      earlierDay: Text.exactOptional(),
    })
    .exactOptional(),
  /** Of the first paper, where they are numbered. */
  firstNumber: Whole.exactOptional(),
  /** So many papers are cards, the rest are lines. */
  cards: Whole,
  /** Best first, 25 at most. */
  papers: z.array(z.object({ id: Text, topics: z.array(Text) })).min(1),
});
export type DigestView = z.infer<typeof DigestView>;

/** The message that mentions a role before the papers. */
const AnnouncementView = z.object({
  kind: z.literal('announcement'),
  ...Mark,
  /** How many come. */
  papers: Whole,
  topPaper: Text,
});
export type AnnouncementView = z.infer<typeof AnnouncementView>;

/** What has come to a followed paper. */
const NoticeView = z.object({
  kind: z.literal('notice'),
  ...Mark,
  paperId: Text,
  events: z.array(z.enum(PAPER_EVENTS)).min(1),
});
export type NoticeView = z.infer<typeof NoticeView>;

/** What a week or month brought, with the numbers of its picture. */
const RoundupView = z.object({
  kind: z.literal('roundup'),
  ...Mark,
  unit: z.enum(['week', 'month']),
  until: Text,
  papers: Whole,
  top: z.array(Text),
  saved: z.array(z.object({ paperId: Text, savers: Whole })),
  growing: z.array(z.object({ name: Text, now: z.number(), before: z.number() })),
  trends: z.object({
    unit: z.enum(['week', 'month']),
    ends: z.array(Text),
    totals: z.array(Whole),
    topics: z.array(z.object({ name: Text, papers: z.array(Whole) })),
  }),
});
export type RoundupView = z.infer<typeof RoundupView>;

/** The thread of a message about one paper. */
const ThreadView = z.object({ kind: z.literal('thread'), paperId: Text });

const Meeting = { paperId: Text, startsAt: Integer.exactOptional(), presenterId: Text.exactOptional() };

/** Those among which people choose, above the poll or with buttons. */
export const NomineesView = z.object({
  kind: z.literal('nominees'),
  ...Mark,
  meetingId: Text,
  papers: z.array(Text).min(1).max(10),
  /** Of a native poll. */
  hours: Integer.exactOptional(),
  /** Of one by buttons. */
  closesAt: Integer.exactOptional(),
  startsAt: Integer.exactOptional(),
});
export type NomineesView = z.infer<typeof NomineesView>;

export const PollView = z.object({
  kind: z.literal('poll'),
  papers: z.array(Text).min(1).max(10),
  hours: Integer,
});
export type PollView = z.infer<typeof PollView>;

/** The paper that is read next. */
export const ChosenView = z.object({
  kind: z.literal('chosen'),
  ...Mark,
  ...Meeting,
  how: z.enum(['poll', 'only', 'first', 'picked', 'saved']),
  votes: Integer.exactOptional(),
  total: Integer.exactOptional(),
});
export type ChosenView = z.infer<typeof ChosenView>;

export const EventView = z.object({
  kind: z.literal('event'),
  paperId: Text,
  startsAt: Integer,
  endsAt: Integer,
  voiceChannelId: Text.exactOptional(),
  messageId: Text.exactOptional(),
  hasThread: z.boolean().exactOptional(),
});
export type EventView = z.infer<typeof EventView>;

export const ReminderView = z.object({
  kind: z.literal('reminder'),
  ...Mark,
  ...Meeting,
  reminder: z.enum(['day', 'hour']),
  threadId: Text.exactOptional(),
  eventLink: Text.exactOptional(),
});
export type ReminderView = z.infer<typeof ReminderView>;

export const NothingView = z.object({
  kind: z.literal('nothing-to-read'),
  ...Mark,
  startsAt: Integer.exactOptional(),
});
export type NothingView = z.infer<typeof NothingView>;

/** The views of a reading group. */
export const MeetingView = z.discriminatedUnion('kind', [
  NomineesView,
  PollView,
  ChosenView,
  EventView,
  ReminderView,
  NothingView,
]);
export type MeetingView = z.infer<typeof MeetingView>;

export const StepView = z.discriminatedUnion('kind', [
  DigestView,
  AnnouncementView,
  NoticeView,
  RoundupView,
  ThreadView,
  MeetingView,
]);
export type StepView = z.infer<typeof StepView>;
