import { readZone } from '../../src/calendar/zone-names.ts';
import type { CommandRequest } from '../../src/discord/interactions/command.ts';
import { channelKindOf, mayMentionEveryone } from '../../src/discord/rights/permissions.ts';
import { UserError } from '../../src/errors.ts';
import type { ScheduleChange } from '../../src/subscriptions/change-schedule.ts';
import type { DigestStyle } from '../../src/subscriptions/destination.ts';
import { parseDays, parseTime } from '../../src/subscriptions/parse-schedule.ts';
import type { Target } from '../parts/find-target.ts';

export const STYLES: readonly DigestStyle[] = ['cards', 'compact', 'threads', 'embeds'];

/** A zone that was not clear, with those that it may mean. */
export interface UnclearZone {
  readonly text: string;
  readonly zones: readonly string[];
}

export interface AskedChange {
  /** Empty where nothing is to change, and without a zone that is unclear. */
  readonly change: ScheduleChange;
  readonly unclear?: UnclearZone;
}

/** What the options of `/schedule` ask for. Raises what cannot be read or is not allowed. */
export function readScheduleChange(request: CommandRequest, target: Target): AskedChange {
  const { options } = request.interaction;
  const time = options.getString('time');
  const zone = options.getString('timezone');
  const days = options.getString('days');
  const overflow = options.getString('overflow');
  const max = options.getInteger('max');
  const style = readStyle(options.getString('style'), target);
  const mention = readMention(request, target);
  const { unclear, ...zoneChange } = zone === null ? {} : readZoneChange(zone);
  const change: ScheduleChange = {
    ...zoneChange,
    ...(time === null ? {} : { at: parseTime(time) }),
    ...(days === null ? {} : { days: parseDays(days) }),
    ...(style === undefined ? {} : { style }),
    ...(overflow === 'list' || overflow === 'hide' ? { overflow } : {}),
    ...(max === null ? {} : { max }),
    ...(mention === undefined ? {} : { mention }),
  };
  return { change, ...(unclear === undefined ? {} : { unclear }) };
}

/** Whether the bot can ping that role; everybody's rights count for a role that is not mentionable. */
export function canBotPing(request: CommandRequest, target: Target, roleId: string): boolean {
  if (target.kind === 'dm' || request.mentionableRoles.includes(roleId)) return true;
  return mayMentionEveryone(target.channel.ownPermissions ?? 0n);
}

/** The zone that a text means, or those that it may mean. Raises `zone-not-known`. */
export function readZoneChange(text: string): { readonly zone?: string; readonly unclear?: UnclearZone } {
  const found = readZone(text);
  if (typeof found === 'string') return { zone: found };
  if (found.length === 0) throw new UserError('zone-not-known', { text });
  return { unclear: { text, zones: found } };
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
