import { z } from 'zod';
import {
  type Meeting,
  MEETING_STATES,
  PURPOSES,
  type ReadingGroup,
  RHYTHMS,
} from '../../reading/reading-group.ts';
import { json, readWith } from './schema.ts';

const Text = z.string();
const Whole = z.number().int();
const Day = Text.regex(/^\d{4}-\d{2}-\d{2}$/);

const GroupDocument: z.ZodType<ReadingGroup> = z.object({
  guildId: Text,
  channelId: Text,
  channelKind: z.enum(['text', 'announcement']),
  rhythm: z
    .object({
      every: z.enum(RHYTHMS),
      weekday: z.literal([1, 2, 3, 4, 5, 6, 7]),
      minute: Whole.min(0).max(1439),
      zone: Text,
      firstDay: Day,
    })
    .exactOptional(),
  minutes: Whole.min(1),
  voiceChannelId: Text.exactOptional(),
  pollHours: Whole.min(1),
  readDays: Whole.min(0),
  roleId: Text.exactOptional(),
  held: Whole.min(0),
  metAt: Whole.exactOptional(),
});

/** Who presents stands in a column of its own. */
const MeetingDocument: z.ZodType<Omit<Meeting, 'presenterId'>> = z.object({
  id: Text,
  guildId: Text,
  state: z.enum(MEETING_STATES),
  createdAt: Whole,
  startsAt: Whole.exactOptional(),
  plannedAt: Whole.exactOptional(),
  minutes: Whole.min(1),
  decideAt: Whole.exactOptional(),
  poll: z
    .object({
      kind: z.enum(['native', 'buttons']),
      candidates: z.array(Text).min(1),
      hours: Whole.min(1),
      closesAt: Whole,
      messageId: Text.exactOptional(),
      channelId: Text.exactOptional(),
      lookAt: Whole,
      looks: Whole.min(0),
    })
    .exactOptional(),
  choice: z
    .object({
      paperId: Text,
      how: z.enum(['poll', 'only', 'first', 'picked', 'saved']),
      votes: Whole.exactOptional(),
      total: Whole.exactOptional(),
    })
    .exactOptional(),
  announced: z
    .object({
      at: Whole,
      channelId: Text.exactOptional(),
      messageId: Text.exactOptional(),
      hasThread: z.boolean(),
      threadCode: Whole.exactOptional(),
      eventId: Text.exactOptional(),
      eventCode: Whole.exactOptional(),
    })
    .exactOptional(),
  reminded: z.array(z.enum(['day', 'hour'])),
  pending: z.object({ deliveryId: Text, purpose: z.enum(PURPOSES) }).exactOptional(),
  retryAt: Whole.exactOptional(),
  endedAt: Whole.exactOptional(),
});

export const readGroup = readWith(json(GroupDocument));
export const readMeeting = readWith(json(MeetingDocument));

const GoneServer = z.object({ since: Whole, looks: Whole });
export const readGone = readWith(json(GoneServer));
