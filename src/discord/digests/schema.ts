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
  ThreadView,
  MeetingView,
]);
export type StepView = z.infer<typeof StepView>;
