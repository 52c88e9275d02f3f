import { setTimeout } from 'node:timers/promises';
import { type FanoutWorld, openFanout } from './fanout-world.ts';
import type { Figure } from './figure.ts';
import { fillArchive } from './fill-archive.ts';
import { startMeasured } from './measured-process.ts';
import { NASTY_QUERIES } from './nasty-queries.ts';

const PEOPLE = 50;
const ASKED_BY_EACH = 20;
const DIGESTS = 500;
const PER_SECOND = 48;
/** A digest is late that comes later than this many times what Discord's limit takes for all of them. */
const LATE = 1.1;
const GIVE_UP_MS = 60_000;
const AUTOCOMPLETE_LENGTH = 100;

/** A thousand nasty queries and autocompletes by fifty people, while five hundred digests go out. */
export async function measureHostile(): Promise<readonly Figure[]> {
  const world = await openFanout({ channels: DIGESTS });
  try {
    await fillArchive(world.env['ARCHIVE_PATH'] ?? '');
    const child = await startMeasured('hostile-bot.ts', world.env);
    try {
      const dueAt = Date.now();
      child.begin();
      const [answers] = await Promise.all([askAll(world), child.done()]);
      const { stallMs, stallCpuMs } = await child.stalls();
      const { times, refused } = world.posts();
      const digests = times.slice(0, DIGESTS).map((time) => time - dueAt);
      const onTime = digests.filter((ms) => ms <= (LATE * DIGESTS * 1000) / PER_SECOND);
      return [
        round('stall_ms', stallMs, 'ms'),
        round('stall_cpu_ms', stallCpuMs, 'ms'),
        round('unanswered', answers.filter((ms) => ms === undefined).length, ''),
        round('late', DIGESTS - onTime.length, ''),
        round('answer_p99_ms', percentile(answers, 0.99), 'ms'),
        round('rate_limited', refused, ''),
        round('rss_mb', child.peakMb(), 'MB'),
      ];
    } finally {
      await child.kill();
    }
  } finally {
    await world.close();
  }
}

/** Milliseconds until each was answered or refused; undefined where neither came. */
async function askAll(world: FanoutWorld): Promise<readonly (number | undefined)[]> {
  const people = Array.from({ length: PEOPLE }, (_, index) => askOneByOne(world, index));
  return (await Promise.all(people)).flat();
}

async function askOneByOne(
  { discord, guildId }: FanoutWorld,
  index: number,
): Promise<readonly (number | undefined)[]> {
  const { id } = discord.addUser(`person ${index}`);
  discord.addMember(guildId, id);
  const person = discord.act(id, { channelId: discord.openDmWith(id).id });
  const times: (number | undefined)[] = [];
  for (let asked = 0; asked < ASKED_BY_EACH; asked += 1) {
    const query = NASTY_QUERIES[(index + asked) % NASTY_QUERIES.length] ?? '';
    const typed = query.slice(0, AUTOCOMPLETE_LENGTH);
    const ways: readonly (() => Promise<unknown>)[] = [
      () => person.autocomplete('search', { query: typed }, 'query'),
      () => person.runCommand('search', { query }),
      () => person.autocomplete('subscribe', { topic: typed }, 'topic'),
      () => person.runCommand('subscribe', { topic: query }),
    ];
    const startedAt = performance.now();
    const answer = ways[(index + asked) % ways.length]?.().then(
      () => performance.now() - startedAt,
      (error: unknown) => {
        console.error(`Unanswered: ${String(error)}`);
        return undefined;
      },
    );
    times.push(await Promise.race([answer, setTimeout(GIVE_UP_MS, undefined, { ref: false })]));
  }
  return times;
}

function percentile(values: readonly (number | undefined)[], part: number): number {
  const sorted = values.filter((value) => value !== undefined).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? NaN;
}

function round(figure: string, value: number, unit: string): Figure {
  return { figure, value: Number(value.toFixed(1)), unit };
}
