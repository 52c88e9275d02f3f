import { z } from 'zod';

const Whole = z.number().int();
const Text = z.string();
/** Of a message that is found again by its custom ids. */
const Mark = { deliveryId: Text, n: Whole.min(0) };
const Meeting = { paperId: Text, startsAt: Whole.exactOptional(), presenterId: Text.exactOptional() };

/** Those among which people choose, above the poll or with buttons. */
export const NomineesView = z.object({
  kind: z.literal('nominees'),
  ...Mark,
  meetingId: Text,
  papers: z.array(Text).min(1).max(10),
  /** Of a native poll. */
  hours: Whole.exactOptional(),
  /** Of one by buttons. */
  closesAt: Whole.exactOptional(),
  startsAt: Whole.exactOptional(),
});
export type NomineesView = z.infer<typeof NomineesView>;

export const PollView = z.object({
  kind: z.literal('poll'),
  papers: z.array(Text).min(1).max(10),
  hours: Whole,
});
export type PollView = z.infer<typeof PollView>;

/** The paper that is read next. */
export const ChosenView = z.object({
  kind: z.literal('chosen'),
  ...Mark,
  ...Meeting,
  how: z.enum(['poll', 'only', 'first', 'picked', 'saved']),
  votes: Whole.exactOptional(),
  total: Whole.exactOptional(),
});
export type ChosenView = z.infer<typeof ChosenView>;

export const EventView = z.object({
  kind: z.literal('event'),
  paperId: Text,
  startsAt: Whole,
  endsAt: Whole,
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
  startsAt: Whole.exactOptional(),
});
export type NothingView = z.infer<typeof NothingView>;
