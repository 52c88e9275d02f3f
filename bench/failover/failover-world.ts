import { setTimeout } from 'node:timers/promises';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { buildSampleDay } from '../../playground/hugging-face/sample-day.ts';
import { startHuggingFace } from '../../playground/hugging-face/server.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { type Ledger, openLedger } from '../../src/storage/ledger/open-ledger.ts';
import { systemClock } from '../../src/system-clock.ts';
import { type OwnPostgres, startOwnPostgres } from '../../playground/postgres/own-postgres.ts';

/** So many destinations are due at once, every eighth of them a forum: its posts have no nonce. */
const DESTINATIONS = 1_000;
const FORUM_EACH = 8;
/** As many as make one message. */
const PAPERS = 4;

export interface FailoverWorld {
  readonly discord: DiscordStandIn;
  readonly postgres: OwnPostgres;
  readonly env: Readonly<Record<string, string>>;
  /** Everything is due again, as if nothing had been sent. */
  begin(): Promise<void>;
  /** How many are still to be decided. */
  left(): Promise<number>;
  /** When each message or post was taken, since `begin`; in ms. */
  times(): readonly number[];
  /** What this round came to. */
  count(): { readonly lost: number; readonly twice: number; readonly rateLimited: number };
  close(): Promise<void>;
}

export async function openFailoverWorld(): Promise<FailoverWorld> {
  const postgres = await startOwnPostgres();
  const discord = await startDiscord();
  discord.gateway.setLimits({ maxConcurrency: 16, total: 100_000, remaining: 100_000 });
  const today = listDayAt(Date.now());
  const papers = await startHuggingFace({
    days: new Map([[today, buildSampleDay(today).slice(0, PAPERS)]]),
  });
  const guildId = discord.addGuild('Paper club').id;
  const places = Array.from({ length: DESTINATIONS }, (_, n) =>
    n % FORUM_EACH === 0
      ? { id: discord.addForum(guildId, `f${n}`).id, kind: 'forum' as const }
      : { id: discord.addChannel(guildId, `c${n}`).id, kind: 'text' as const },
  );
  const slot = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS;
  const ledger = await openAlone(postgres.url);
  for (const place of places) await follow(ledger, { guildId, slot, place });
  await ledger.close();
  await postgres.query('CREATE SCHEMA bench; CREATE TABLE bench.destinations AS SELECT * FROM destinations');

  let before: readonly number[] = [];

  return {
    discord,
    postgres,
    env: {
      DISCORD_TOKEN: discord.token,
      HF_ENDPOINT: papers.url,
      ARCHIVE_SINCE: '2100-01-01',
      LOG_LEVEL: 'info',
    },
    async begin() {
      before = countAll();
      archivePosts(discord);
      discord.requests.length = 0;
      await postgres.query(`BEGIN; DELETE FROM posts; DELETE FROM records; DELETE FROM deliveries;
        DELETE FROM destinations; INSERT INTO destinations SELECT * FROM bench.destinations; COMMIT`);
    },
    async left() {
      const [row] = await postgres.query<{ readonly left: number }>(`SELECT (
        (SELECT count(*) FROM destinations WHERE next_slot <= ${slot}) +
        (SELECT count(*) FROM deliveries WHERE state = 'open'))::int AS left`);
      return row?.left ?? Infinity;
    },
    times: () =>
      discord.requests
        .filter(({ method, path, status }) => method === 'POST' && isSend(path) && status < 300)
        .map(({ time }) => time),
    count() {
      const sent = countAll().map((now, at) => now - (before[at] ?? 0));
      return {
        lost: sent.filter((one) => one === 0).length,
        twice: sent.reduce((sum, one) => sum + Math.max(0, one - 1), 0),
        rateLimited: discord.requests.filter(({ status }) => status === 429).length,
      };
    },
    async close() {
      await discord.close();
      await papers.close();
      await postgres.remove();
    },
  };

  /** Messages and posts that are the bot's, by place. */
  function countAll(): readonly number[] {
    const posts = new Map<string, number>();
    for (const { parent_id: parent } of Object.values(discord.state.channels)) {
      if (typeof parent === 'string') posts.set(parent, (posts.get(parent) ?? 0) + 1);
    }
    return places.map(({ id, kind }) =>
      kind === 'forum' ? (posts.get(id) ?? 0) : discord.messagesOf(id).length,
    );
  }
}

/** A server takes a thousand that are open. */
function archivePosts({ state, setThread }: DiscordStandIn): void {
  for (const { id, thread_metadata: thread } of Object.values(state.channels)) {
    if (thread?.archived === false) setThread(id, { archived: true });
  }
}

function isSend(path: string): boolean {
  return /\/channels\/\d+\/(messages|threads)$/.test(path);
}

/** The ledger of a database that nobody else leads. */
export async function openAlone(url: string): Promise<Ledger> {
  const ledger = await openLedger({ url, clock: systemClock, log: { error: console.error } });
  while ((await ledger.shared?.lease.take()) === undefined) await setTimeout(100);
  await ledger.migrate();
  return ledger;
}

interface Followed {
  readonly guildId: string;
  readonly slot: number;
  readonly place: { readonly id: string; readonly kind: 'text' | 'forum' };
}

async function follow(ledger: Ledger, { guildId, slot, place }: Followed): Promise<void> {
  const id = `c${place.id}`;
  const createdAt = slot - 30 * MINUTE_MS;
  const startDay = addDays(listDayAt(slot), -1);
  const topic = { name: 'Every paper', query: '' };
  const subscription = { id: `s${id}`, destinationId: id, topic, minUpvotes: 0, startDay, createdAt };
  const destination = {
    id,
    place: { kind: 'channel', channelId: place.id, guildId, channelKind: place.kind },
    subscriptions: [{ ...subscription, createdBy: '1' }],
    schedule: { at: (slot / MINUTE_MS) % 1440, zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] },
    style: 'cards',
    // One post for a forum.
    max: 1,
    overflow: 'hide',
    nextSlot: slot,
    createdAt,
  } as const;
  await ledger.destinations.change(id, () => ({ destination }));
}
