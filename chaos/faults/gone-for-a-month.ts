import { setTimeout } from 'node:timers/promises';
import { DAY_MS, HOUR_MS } from '../../src/calendar/zoned-time.ts';
import { NO_TOPIC, SETTINGS, textOf } from '../readers/read-reply.ts';
import type { ChaosWorld } from '../world.ts';
import type { Fault } from './fault.ts';

/** After the last day of a run, as it takes a month of the replayed clock. */
export const GONE_FOR_A_MONTH: Pick<Fault, 'name' | 'says'> = {
  name: 'gone-for-a-month',
  says: 'The bot is thrown out of a server for 31 days: what was set up there is forgotten, and nothing else.',
};

const MONTH_MS = 31 * DAY_MS;
/** Short enough for the looks after which a place that is gone is forgotten. */
const LEAP_IN_MONTH_MS = 2 * DAY_MS;
const LEAP_MS = 6 * HOUR_MS;
/** Real: until the slots of a leap have been decided, and places asked for. */
const SETTLED_AFTER_MS = 3_000;
/** On a busy machine too. */
const ASKED_FOR_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 500;
const MOST_TRIES = 5;

/** Resolves to how many places of the server the bot had to forget. */
export async function passMonth(world: ChaosWorld): Promise<number> {
  const { discord, timeline, source } = world;
  const [first] = world.channels;
  const guildId = first?.guildId ?? '';
  const inGuild = world.channels.filter((one) => one.guildId === guildId && one.deletedAt === undefined);
  const others = world.channels.filter(
    (one) => one.guildId !== guildId && one.guildId !== '' && one.deletedAt === undefined,
  );
  const since = discord.requests.length;
  discord.removeBot(guildId);
  for (let hours = 0; hours < DAY_MS; hours += LEAP_MS) await sleep(world, LEAP_MS);
  source.stopListing();
  const missed = inGuild.filter(({ id }) =>
    discord.requests
      .slice(since)
      .some(
        ({ method, path, status }) => method === 'POST' && path.includes(`/channels/${id}/`) && status >= 400,
      ),
  );
  const from = timeline.now();
  while (timeline.now() < from + MONTH_MS) await sleep(world, LEAP_IN_MONTH_MS);
  const before = discord.requests.length;
  await sleep(world, DAY_MS);
  await untilAskedFor(world, missed, before);
  discord.addBot(guildId);
  await setTimeout(SETTLED_AFTER_MS);
  for (const channel of missed) {
    if (!NO_TOPIC.test(await look(world, channel)))
      world.noteIncident(`channel ${channel.id} is remembered after a month without its server`);
  }
  const kept = others.find(({ settings }) => settings !== undefined);
  if (kept !== undefined && !SETTINGS.test(await look(world, kept)))
    world.noteIncident(`channel ${kept.id} is forgotten, whose server was there all the time`);
  return missed.length;
}

/** Until the bot has looked for each of these places once more. */
async function untilAskedFor(
  { discord }: ChaosWorld,
  places: ChaosWorld['channels'],
  since: number,
): Promise<void> {
  const isAskedFor = ({ id }: { readonly id: string }) =>
    discord.requests.slice(since).some(({ path }) => path.startsWith(`/channels/${id}`));
  for (let waited = 0; waited < ASKED_FOR_WITHIN_MS && !places.every(isAskedFor); waited += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS);
  }
}

async function sleep(world: ChaosWorld, ms: number): Promise<void> {
  world.leap(ms);
  await setTimeout(SETTLED_AFTER_MS);
}

/** Asked again where nobody answers. */
async function look(
  { discord }: ChaosWorld,
  { id, typedIn, userId }: ChaosWorld['channels'][number],
): Promise<string> {
  for (let tries = 1; tries < MOST_TRIES; tries += 1) {
    const verbs = discord.act(userId, { channelId: typedIn });
    const reply = await verbs.runCommand('subscriptions', { channel: id }).catch(() => undefined);
    if (reply !== undefined) return textOf(reply);
    await setTimeout(SETTLED_AFTER_MS);
  }
  return '';
}
