import type { ResolvedChannel } from '../../src/discord/rights/permissions.ts';
import { channelKindOf } from '../../src/discord/rights/permissions.ts';
import { UserError } from '../../src/errors.ts';
import type { ReadingGroup } from '../../src/reading/reading-group.ts';

/** A day of poll and three days to read. */
const POLL_HOURS = 48;
const READ_DAYS = 3;
const MINUTES = 60;

/** Raises `reading-channel` where no thread can be started from a message. */
export function readGroupChannel({
  id,
  type,
}: ResolvedChannel): Pick<ReadingGroup, 'channelId' | 'channelKind'> {
  const kind = channelKindOf(type);
  if (kind !== 'text' && kind !== 'announcement') throw new UserError('reading-channel', { channelId: id });
  return { channelId: id, channelKind: kind };
}

/** A group as it is before anybody has set anything. Raises `reading-channel`. */
export function buildGroup(guildId: string, channel: ResolvedChannel): ReadingGroup {
  return {
    guildId,
    ...readGroupChannel(channel),
    minutes: MINUTES,
    pollHours: POLL_HOURS,
    readDays: READ_DAYS,
    held: 0,
  };
}
