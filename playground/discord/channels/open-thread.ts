import { ApiError } from '../http/api-error.ts';
import { createForm, partOf, refuseForm } from '../http/form.ts';
import { ANNOUNCEMENT, ANNOUNCEMENT_THREAD, type Channel, FORUM, PUBLIC_THREAD } from '../state.ts';
import type { World } from '../world.ts';

const DURATIONS: readonly unknown[] = [60, 1440, 4320, 10_080];

interface NewThread {
  readonly name: string;
  readonly minutes: number;
}

export function checkThread(body: unknown): NewThread {
  const form = createForm();
  const { name, auto_archive_duration: duration } = partOf(body);
  form.text(name, ['name'], { max: 100, required: true });
  if (duration !== undefined && !DURATIONS.includes(duration))
    form.report(['auto_archive_duration'], 'Value must be one of {60, 1440, 4320, 10080}.');
  refuseForm(form.problems);
  return { name: String(name), minutes: Number(duration ?? 1440) };
}

/** Makes a thread, and counts those that the guild has already. */
export function openThread(
  world: World,
  parent: Channel,
  thread: NewThread & { readonly id: string; readonly ownerId: string; readonly tags?: string[] },
): Channel {
  const active = Object.values(world.state.channels).filter(
    (one) => one.guild_id === parent.guild_id && one.thread_metadata?.archived === false,
  );
  const { maxActiveThreads, maxThreadsIn } = world.rules;
  const inParent = active.filter((one) => one.parent_id === parent.id);
  if (active.length >= maxActiveThreads || inParent.length >= (maxThreadsIn[parent.id] ?? Infinity))
    throw new ApiError(400, 160006, 'Maximum number of active threads reached');
  const time = new Date(world.now()).toISOString();
  const channel: Channel = {
    id: thread.id,
    type: parent.type === ANNOUNCEMENT ? ANNOUNCEMENT_THREAD : PUBLIC_THREAD,
    name: thread.name,
    ...(parent.guild_id === undefined ? {} : { guild_id: parent.guild_id }),
    parent_id: parent.id,
    owner_id: thread.ownerId,
    position: 0,
    flags: 0,
    permission_overwrites: [],
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    rate_limit_per_user: 0,
    ...(parent.type === FORUM ? { applied_tags: thread.tags ?? [] } : {}),
    thread_metadata: {
      archived: false,
      locked: false,
      auto_archive_duration: thread.minutes,
      archive_timestamp: time,
      create_timestamp: time,
    },
  };
  world.state.channels[channel.id] = channel;
  world.dispatch('THREAD_CREATE', { ...channel, newly_created: true });
  world.changed();
  return channel;
}
