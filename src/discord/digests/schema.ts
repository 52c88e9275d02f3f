import { z } from 'zod';
import {
  ChosenView,
  EventView,
  NomineesView,
  NothingView,
  PollView,
  ReminderView,
} from './meeting-schema.ts';
import { PAPER_EVENTS } from '../../papers/paper-event.ts';

const Whole = z.number().int().min(0);

/** What one message of a digest shows, without its words: by it the message is made, and made again as votes grow. */
export const DigestView = z.object({
  kind: z.literal('digest'),
  deliveryId: z.string(),
  /** The number of its step. */
  n: Whole,
  look: z.enum(['layout', 'embeds']),
  /** Of a digest's first message. */
  heading: z
    .object({
      day: z.string(),
      papers: Whole,
      /** Those of list days before, and that day where it is one. */
      earlier: Whole,
      earlierDay: z.string().exactOptional(),
    })
    .exactOptional(),
  /** Of the first paper, where they are numbered. */
  firstNumber: Whole.exactOptional(),
  /** So many papers are cards, the rest are lines. */
  cards: Whole,
  /** Best first, 25 at most. */
  papers: z.array(z.object({ id: z.string(), topics: z.array(z.string()) })).min(1),
});
export type DigestView = z.infer<typeof DigestView>;

/** The message that mentions a role before the papers. */
const AnnouncementView = z.object({
  kind: z.literal('announcement'),
  deliveryId: z.string(),
  n: Whole,
  /** How many come. */
  papers: Whole,
  topPaper: z.string(),
});
export type AnnouncementView = z.infer<typeof AnnouncementView>;

/** What has come to a followed paper. */
const NoticeView = z.object({
  kind: z.literal('notice'),
  deliveryId: z.string(),
  n: Whole,
  paperId: z.string(),
  events: z.array(z.enum(PAPER_EVENTS)).min(1),
});
export type NoticeView = z.infer<typeof NoticeView>;

/** What a week or month brought, with the numbers of its picture. */
const RoundupView = z.object({
  kind: z.literal('roundup'),
  deliveryId: z.string(),
  n: Whole,
  unit: z.enum(['week', 'month']),
  until: z.string(),
  papers: Whole,
  top: z.array(z.string()),
  saved: z.array(z.object({ paperId: z.string(), savers: Whole })),
  growing: z.array(z.object({ name: z.string(), now: z.number(), before: z.number() })),
  trends: z.object({
    unit: z.enum(['week', 'month']),
    ends: z.array(z.string()),
    totals: z.array(Whole),
    topics: z.array(z.object({ name: z.string(), papers: z.array(Whole) })),
  }),
});
export type RoundupView = z.infer<typeof RoundupView>;

/** The thread of a message about one paper. */
const ThreadView = z.object({ kind: z.literal('thread'), paperId: z.string() });

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
