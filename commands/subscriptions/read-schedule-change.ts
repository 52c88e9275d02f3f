import { parseZone } from '../../src/calendar/zoned-time.ts';
import type { CommandRequest } from '../../src/discord/interactions/command.ts';
import { channelKindOf, mayMentionEveryone } from '../../src/discord/rights/permissions.ts';
import { UserError } from '../../src/errors.ts';
import type { ScheduleChange } from '../../src/subscriptions/change-schedule.ts';
import type { DigestStyle } from '../../src/subscriptions/destination.ts';
import { parseDays, parseTime } from '../../src/subscriptions/parse-schedule.ts';
import type { Target } from '../parts/find-target.ts';

const STYLES: readonly DigestStyle[] = ['cards', 'compact', 'threads'];

/** What the options of `/schedule` ask for; empty without any. Raises what cannot be read or is not allowed. */
export function readScheduleChange(request: CommandRequest, target: Target): ScheduleChange {
  const { options } = request.interaction;
  const time = options.getString('time');
  const zone = options.getString('timezone');
  const days = options.getString('days');
  const overflow = options.getString('overflow');
  const max = options.getInteger('max');
  const style = readStyle(options.getString('style'), target);
  const mention = readMention(request, target);
  return {
    ...(time === null ? {} : { at: parseTime(time) }),
    ...(zone === null ? {} : { zone: readZone(zone) }),
    ...(days === null ? {} : { days: parseDays(days) }),
    ...(style === undefined ? {} : { style }),
    ...(overflow === 'list' || overflow === 'hide' ? { overflow } : {}),
    ...(max === null ? {} : { max }),
    ...(mention === undefined ? {} : { mention }),
  };
}

/** Whether the bot can ping that role; everybody's rights count for a role that is not mentionable. */
export function canBotPing(request: CommandRequest, target: Target, roleId: string): boolean {
  if (target.kind === 'dm' || request.mentionableRoles.includes(roleId)) return true;
  return mayMentionEveryone(target.channel.ownPermissions ?? 0n);
}

function readZone(text: string): string {
  const zone = parseZone(text);
  if (zone === undefined) throw new UserError('zone-not-known', { text });
  return zone;
}

function readStyle(text: string | null, target: Target): DigestStyle | undefined {
  const style = STYLES.find((one) => one === text);
  const hasThreads = target.kind === 'channel' && channelKindOf(target.channel.type) !== 'thread';
  if (style === 'threads' && !hasThreads) throw new UserError('threads-not-possible', {});
  return style;
}

/** The role that is meant; null for `@everyone`, whose id is the server's: it is never mentioned. */
function readMention(
  { interaction, mentionableRoles }: CommandRequest,
  target: Target,
): string | null | undefined {
  const roleId = interaction.options.get('mention')?.value;
  if (typeof roleId !== 'string') return undefined;
  if (target.kind === 'dm') throw new UserError('mention-in-dms', {});
  if (roleId === interaction.guildId) return null;
  const isAllowed = mentionableRoles.includes(roleId) || mayMentionEveryone(target.channel.memberPermissions);
  if (!isAllowed) throw new UserError('mention-not-possible', { roleId });
  return roleId;
}
