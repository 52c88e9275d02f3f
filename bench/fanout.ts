import { setTimeout } from 'node:timers/promises';
import { type FanoutWorld, openFanout } from './fanout-world.ts';
import type { Figure } from './figure.ts';
import { measureGateway } from './gateway.ts';
import { type MeasuredProcess, startMeasured } from './measured-process.ts';

const PER_SECOND = 48;
const DUE_AT_ONCE = 1_000;
/** In each of these channels. */
const REFRESHES = 5;
const UNLIMITED_CHANNELS = 2_000;
const UNLIMITED_ROUNDS = 5;
const CHANNELS_AT_ONCE = 32;
const ANSWER_MS = 50;
const WAITING = 5_000;
const COMMANDS = 150;
const BETWEEN_COMMANDS_MS = 100;
/** One queue of 1,000 takes 20 s already. */
const PLAIN_WAITING = 1_000;
const PLAIN_COMMANDS = 3;

/** Many digests at once: how near to Discord's limit, at what cost, and what a person notices of it. */
export async function measureFanout(): Promise<readonly Figure[]> {
  await startOnce();
  const limited = await measureLimited();
  const refreshing = await measureLimited(REFRESHES);
  const unlimited = await measureUnlimited();
  const gateway = await measureGateway();
  const replies = await measureReplies();
  return [
    round('over_floor', limited.overFloor, 'x', 3),
    round('refreshing.over_floor', refreshing.overFloor, 'x', 3),
    round('rate_limited', limited.refused + refreshing.refused + replies.refused, '', 0),
    round('cpu_ratio', unlimited.ours / unlimited.plain, 'x', 2),
    round('messages_per_cpu_s', unlimited.ours, '/s', 0),
    round('plain.messages_per_cpu_s', unlimited.plain, '/s', 0),
    round('rss_mb', Math.max(limited.peakMb, refreshing.peakMb, unlimited.peakMb, replies.peakMb), 'MB', 1),
    round('plain.rss_mb', unlimited.plainPeakMb, 'MB', 1),
    ...gateway,
    round('reply_p99_ms', replies.p99, 'ms', 0),
    round('plain.reply_p99_ms', replies.plain, 'ms', 0),
  ];
}

/** A first start after a change compiles the code, and leaves it in the compile cache for those that count. */
async function startOnce(): Promise<void> {
  await withWorld({ channels: 1 }, (world) =>
    withProcess('fanout-bot.ts', world.env, async (child) => {
      child.begin();
      await child.done();
    }),
  );
}

async function withWorld<T>(
  options: Parameters<typeof openFanout>[0],
  work: (world: FanoutWorld) => Promise<T>,
): Promise<T> {
  const world = await openFanout(options);
  try {
    return await work(world);
  } finally {
    await world.close();
  }
}

async function withProcess<T>(
  script: string,
  env: Readonly<Record<string, string>>,
  work: (child: MeasuredProcess) => Promise<T>,
): Promise<T> {
  const child = await startMeasured(script, env);
  try {
    return await work(child);
  } finally {
    await child.kill();
  }
}

/** With so many messages to be edited in each channel. */
async function measureLimited(
  refreshes = 0,
): Promise<{ overFloor: number; refused: number; peakMb: number }> {
  return await withWorld({ channels: DUE_AT_ONCE, refreshes }, (world) =>
    withProcess('fanout-bot.ts', world.env, async (child) => {
      const dueAt = Date.now();
      child.begin();
      await child.done();
      const { times, refused, edits } = requireAll(world, DUE_AT_ONCE);
      if (refreshes > 0 && edits === 0) throw new Error('Nothing was edited.');
      const seconds = (Math.max(...times) - dueAt) / 1000;
      return { overFloor: seconds / (DUE_AT_ONCE / PER_SECOND), refused, peakMb: child.peakMb() };
    }),
  );
}

interface Unlimited {
  /** Messages per CPU second. */
  readonly ours: number;
  readonly plain: number;
  readonly peakMb: number;
  readonly plainPeakMb: number;
}

/** The round with the middle ratio: a shared machine slows down now one process, now the other. */
async function measureUnlimited(): Promise<Unlimited> {
  const rounds: Unlimited[] = [];
  while (rounds.length < UNLIMITED_ROUNDS) rounds.push(await measureUnlimitedOnce());
  const sorted = rounds.toSorted((a, b) => a.ours / a.plain - b.ours / b.plain);
  const middle = sorted[Math.floor(UNLIMITED_ROUNDS / 2)];
  if (middle === undefined) throw new Error('There was no round.');
  return {
    ...middle,
    peakMb: Math.max(...rounds.map(({ peakMb }) => peakMb)),
    plainPeakMb: Math.max(...rounds.map(({ plainPeakMb }) => plainPeakMb)),
  };
}

async function measureUnlimitedOnce(): Promise<Unlimited> {
  const options = { channels: UNLIMITED_CHANNELS, answerMs: ANSWER_MS };
  const ours = await withWorld(options, (world) =>
    withProcess('fanout-bot.ts', { ...world.env, UNLIMITED: '1' }, async (child) => {
      child.begin();
      const perSecond = UNLIMITED_CHANNELS / (await child.done());
      requireAll(world, UNLIMITED_CHANNELS);
      return { perSecond, peakMb: child.peakMb(), body: firstBody(world) };
    }),
  );
  const plain = await withWorld(options, (world) => {
    const env = world.plainEnv({ body: ours.body, atOnce: CHANNELS_AT_ONCE });
    return withProcess('plain-fanout.ts', env, async (child) => {
      child.begin();
      const perSecond = UNLIMITED_CHANNELS / (await child.done());
      requireAll(world, UNLIMITED_CHANNELS);
      return { perSecond, peakMb: child.peakMb() };
    });
  });
  return { ours: ours.perSecond, plain: plain.perSecond, peakMb: ours.peakMb, plainPeakMb: plain.peakMb };
}

async function measureReplies(): Promise<{
  p99: number;
  plain: number;
  refused: number;
  peakMb: number;
}> {
  const ours = await withWorld({ channels: WAITING }, (world) =>
    withProcess('fanout-bot.ts', world.env, async (child) => {
      child.begin();
      const p99 = percentile(await askOften(world, COMMANDS), 0.99);
      return { p99, refused: world.posts().refused, peakMb: child.peakMb(), body: firstBody(world) };
    }),
  );
  const plain = await withWorld({ channels: PLAIN_WAITING }, (world) => {
    const env = world.plainEnv({ body: ours.body, atOnce: PLAIN_WAITING });
    return withProcess('plain-queue.ts', env, async (child) => {
      child.begin();
      return percentile(await askOften(world, PLAIN_COMMANDS), 0.99);
    });
  });
  return { ...ours, plain };
}

/** Milliseconds from each slash command to its edited answer. */
async function askOften({ discord, guildId, channelIds }: FanoutWorld, count: number): Promise<number[]> {
  const place = { guildId, channelId: channelIds[0] ?? '' };
  const person = discord.act(discord.memberId, place);
  const answers: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    await setTimeout(BETWEEN_COMMANDS_MS);
    const askedAt = performance.now();
    answers.push(person.runCommand('papers').then(() => performance.now() - askedAt));
  }
  return await Promise.all(answers);
}

function requireAll(world: FanoutWorld, count: number): ReturnType<FanoutWorld['posts']> {
  const posts = world.posts();
  if (posts.times.length !== count) throw new Error(`${posts.times.length} of ${count} messages came.`);
  return posts;
}

/** A digest as the bot sends it. */
function firstBody({ discord }: FanoutWorld): Record<string, unknown> {
  const post = discord.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  return typeof post?.body === 'object' && post.body !== null
    ? { ...post.body, nonce: undefined, enforce_nonce: undefined }
    : {};
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? NaN;
}

function round(figure: string, value: number, unit: string, digits: number): Figure {
  return { figure, value: Number(value.toFixed(digits)), unit };
}
