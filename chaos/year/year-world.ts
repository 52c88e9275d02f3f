import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startDiscord } from '../../playground/discord/server.ts';
import { startHuggingFace } from '../../playground/hugging-face/server.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, DAY_MS, type Instant } from '../../src/calendar/zoned-time.ts';
import type { History, Listing, Visit } from '../audit/history.ts';
import type { PostedMessage } from '../audit/shown.ts';
import { createRandom } from '../random.ts';
import { readListing, readVisit } from '../readers/read-listing.ts';
import { readAnswers } from '../readers/read-answers.ts';
import { readMessages } from '../readers/read-messages.ts';
import { startYearBot, type YearBot } from './bot.ts';
import { makeUpYear } from './papers.ts';
import { addPlaces, type Person } from './places.ts';
import { Count, type YearAnswer } from './schema.ts';

/** What the bot takes, at the end of a month. */
export interface Measure extends YearAnswer {
  readonly ledgerBytes: number;
  readonly archiveBytes: number;
  /** By table of the ledger. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface YearWorld {
  readonly people: readonly Person[];
  readonly bot: YearBot;
  readonly papers: number;
  now(): Instant;
  /** All clocks stand at an instant, and the bot does what is due then; whether it has asked Hugging Face. */
  moveTo(at: Instant): Promise<boolean>;
  measure(): Promise<Measure>;
  /** Reads what nobody edits any more, and clears it away: the stand-ins have no room for a year. */
  clearAway(keptMs: number): void;
  history(): History;
  close(): Promise<void>;
}

export interface YearOptions {
  readonly seed: number;
  readonly places: number;
  readonly start: Instant;
  readonly days: number;
}

/** Half of a year's time would be spent waiting for the disk. */
const MEMORY = '/dev/shm';
const TABLES = ['destinations', 'deliveries', 'records', 'posts', 'follows', 'key_values'];

/** The real bot between the stand-ins, where nothing goes wrong but the calendar. */
export async function startYearWorld({ seed, places, start, days }: YearOptions): Promise<YearWorld> {
  const random = createRandom(seed, 1);
  const folder = mkdtempSync(path.join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'paperboy-year-'));
  const paths = {
    ledger: path.join(folder, 'paperboy.sqlite'),
    archive: path.join(folder, 'archive.sqlite'),
  };
  let base = { virtual: start, real: performance.now() };
  const now = () => Math.floor(base.virtual + performance.now() - base.real);
  const timeline = {
    now,
    virtualAt: (real: Instant) => real,
    realAt: (virtual: Instant) => virtual,
    present: () => ({ real: 0, virtual: 0, speed: 1 }),
    aheadMs: 0,
  };
  const year = makeUpYear(
    addDays(listDayAt(start), -7),
    addDays(listDayAt(start + days * DAY_MS), 1),
    random,
  );
  const huggingFace = await startHuggingFace({ days: new Map(), now });
  const discord = await startDiscord({ clock: timeline, limits: false });
  const people = addPlaces(discord, { timeline, count: places, random });
  const publish = () => {
    const lists = year.listsAt(now());
    for (const [day, items] of lists) huggingFace.setDay(day, items);
    return new Map([...lists.values()].flat().map((item) => [item.paper.id, item]));
  };
  publish();
  const bot = await startYearBot({
    seed,
    start,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${discord.url}/api`,
      HF_ENDPOINT: huggingFace.url,
      DATABASE_URL: `sqlite://${paths.ledger}`,
      ARCHIVE_PATH: paths.archive,
      // Older days than those of a month have nothing.
      ARCHIVE_SINCE: '2100-01-01',
    },
  });
  const startedAt = now();
  const listings: Listing[] = [];
  const visits: Visit[] = [];
  const read: PostedMessage[] = [];
  let heard = 0;

  /** What Hugging Face was asked for, and gave; whether it was asked for anything. */
  function noteAnswers(
    at: Instant,
    lists: ReturnType<typeof year.listsAt>,
    items: ReturnType<typeof publish>,
  ): boolean {
    const first = heard;
    for (const asked of huggingFace.requests.slice(heard)) {
      const { pathname, searchParams } = new URL(asked, huggingFace.url);
      const day = searchParams.get('date');
      const body = day === null ? items.get(pathname.split('/').at(-1) ?? '')?.paper : (lists.get(day) ?? []);
      if (body === undefined) continue;
      const exchange = { path: asked, answer: { status: 200, body: JSON.stringify(body), at } };
      const listing = readListing(exchange);
      if (listing !== undefined) listings.push(listing);
      const visit = readVisit(exchange);
      if (visit !== undefined) visits.push(visit);
    }
    heard = huggingFace.requests.length;
    return heard > first;
  }

  function messagesBefore(end: Instant): readonly PostedMessage[] {
    return readMessages(discord).filter(({ at }) => at < end);
  }

  return {
    people,
    bot,
    papers: year.count,
    now,
    async moveTo(at) {
      base = { virtual: at, real: performance.now() };
      const items = publish();
      const lists = year.listsAt(now());
      await bot.tell('tick', at);
      return noteAnswers(at, lists, items);
    },
    async measure() {
      const said = await bot.tell('measure', now());
      const ledger = new DatabaseSync(paths.ledger, { readOnly: true });
      const rows = TABLES.map((table) => {
        const found = ledger.prepare(`SELECT count(*) AS count FROM ${table}`).get();
        return [table, Count.parse(found).count] as const;
      });
      ledger.close();
      return {
        ...said,
        ledgerBytes: statSync(paths.ledger).size,
        archiveBytes: statSync(paths.archive).size,
        rows: Object.fromEntries(rows),
      };
    },
    clearAway(keptMs) {
      const end = now() - keptMs;
      read.push(...messagesBefore(end));
      const { state, requests } = discord;
      for (const [id, messages] of Object.entries(state.messages)) {
        state.messages[id] = messages.filter(({ timestamp }) => Date.parse(timestamp) >= end);
        if (state.channels[id]?.thread_metadata === undefined || state.messages[id].length > 0) continue;
        delete state.messages[id];
        delete state.channels[id];
      }
      const first = requests.findIndex(({ time }) => time >= end - keptMs);
      requests.splice(0, first < 0 ? requests.length : first);
    },
    history: () => ({
      timeline,
      endedAt: now(),
      destinations: people.map(({ channel }) => channel.history()),
      listings,
      visits,
      messages: [...read, ...messagesBefore(Infinity)],
      disturbances: [],
      archiveLostAt: [],
      archiveEmptiedAt: [],
      absences: [],
      writes: [],
      requests: [],
      answers: readAnswers(discord),
      lives: [{ startedAt, readyAt: startedAt }],
      openFiles: 0,
      groups: [],
      wrongStarts: [],
      trespasses: [],
      refusals: [],
    }),
    async close() {
      await bot.stop();
      await huggingFace.close();
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
