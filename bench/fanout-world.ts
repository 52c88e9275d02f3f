import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DiscordStandIn, startDiscord } from '../playground/discord/server.ts';
import { buildSampleDay } from '../playground/hugging-face/sample-day.ts';
import { startHuggingFace } from '../playground/hugging-face/server.ts';
import { MessageFlags } from 'discord.js';
import { listDayAt } from '../src/calendar/list-day.ts';
import { addDays, HOUR_MS, MINUTE_MS } from '../src/calendar/zoned-time.ts';
import { planStep, recordsOf, type Step } from '../src/delivery/delivery.ts';
import type { DigestView } from '../src/discord/digests/schema.ts';
import { type Ledger, openLedger } from '../src/storage/ledger/open-ledger.ts';
import { systemClock } from '../src/system-clock.ts';
import type { PlainWork } from './schema.ts';

/** As many as make one message. */
const PAPERS = 6;

export interface FanoutWorld {
  readonly discord: DiscordStandIn;
  readonly guildId: string;
  readonly channelIds: readonly string[];
  /** What the bot needs to know. */
  readonly env: Readonly<Record<string, string>>;
  /** What a peer needs to know, to send `body` to each channel. */
  plainEnv(work: Pick<PlainWork, 'body' | 'atOnce'>): Readonly<Record<string, string>>;
  /** Posts and edits that were taken, and requests that were one too many. */
  posts(): { readonly times: readonly number[]; readonly edits: number; readonly refused: number };
  close(): Promise<void>;
}

export interface FanoutOptions {
  readonly channels: number;
  /** Limits as Discord has them; else every answer takes this many ms. */
  readonly answerMs?: number;
  /** Messages of an hour ago in each channel, all of which are due to be edited; none when absent. */
  readonly refreshes?: number;
}

/** A Discord and a Hugging Face of their own, and a ledger in which every channel is due at once. */
export async function openFanout({ channels, answerMs, refreshes = 0 }: FanoutOptions): Promise<FanoutWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const discord = await startDiscord({ limits: answerMs === undefined });
  const today = listDayAt(Date.now());
  const items = buildSampleDay(today).slice(0, PAPERS);
  const papers = await startHuggingFace({ days: new Map([[today, items]]) });
  const guildId = discord.addGuild('Paper club').id;
  const channelIds = Array.from({ length: channels }, (_, at) => discord.addChannel(guildId, `c${at}`).id);
  if (answerMs !== undefined) discord.fail({ route: /./, delayMs: answerMs, times: Infinity });
  const stateUrl = `sqlite://${path.join(folder, 'paperboy.sqlite')}`;
  const log = { info: () => undefined, warn: console.warn, error: console.error };
  const ledger = await openLedger({ url: stateUrl, clock: systemClock, log });
  await fillLedger(ledger, { guildId, channelIds });
  const shown = items.map(({ paper }) => ({ id: paper.id, topics: [] }));
  for (const channelId of channelIds) {
    const messages = Array.from({ length: refreshes }, () => postByBot(discord, channelId));
    if (refreshes > 0) await fillPosts(ledger, { channelId, guildId, messages, shown });
  }
  await ledger.close();
  const login = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: `${discord.url}/api` };
  return {
    discord,
    guildId,
    channelIds,
    env: {
      ...login,
      HF_ENDPOINT: papers.url,
      DATABASE_URL: stateUrl,
      ARCHIVE_PATH: path.join(folder, 'archive.sqlite'),
      ARCHIVE_SINCE: '2100-01-01',
      LOG_LEVEL: 'error',
    },
    plainEnv(work) {
      const file = path.join(folder, 'work.json');
      writeFileSync(file, JSON.stringify({ ...work, channelIds } satisfies PlainWork));
      return { ...login, WORK: file };
    },
    posts() {
      const all = discord.requests.filter(
        ({ method, path: at }) => method === 'POST' && at.endsWith('/messages'),
      );
      const taken = all.filter(({ status }) => status === 200);
      const edits = discord.requests.filter(({ method, status }) => method === 'PATCH' && status === 200);
      return {
        edits: edits.length,
        times: taken.map(({ time }) => time),
        refused: discord.requests.filter(({ status }) => status === 429).length,
      };
    },
    async close() {
      await discord.close();
      await papers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every channel follows every paper, at a slot five minutes ago. */
async function fillLedger(
  ledger: Ledger,
  { guildId, channelIds }: { readonly guildId: string; readonly channelIds: readonly string[] },
): Promise<void> {
  const slot = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 5 * MINUTE_MS;
  const minute = (slot / MINUTE_MS) % 1440;
  const since = slot - 30 * MINUTE_MS;
  const startDay = addDays(listDayAt(slot), -1);
  for (const channelId of channelIds) {
    const id = `c${channelId}`;
    const subscription = {
      id: `s${channelId}`,
      destinationId: id,
      topic: { name: 'Every paper', query: '' },
      minUpvotes: 0,
      startDay,
      createdAt: since,
      createdBy: '1',
    };
    await ledger.destinations.change(id, () => ({
      destination: {
        id,
        place: { kind: 'channel', channelId, guildId, channelKind: 'text' },
        subscriptions: [subscription],
        schedule: { at: minute, zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] },
        style: 'cards',
        max: 10,
        overflow: 'list',
        nextSlot: slot,
        createdAt: since,
      },
    }));
  }
}

/** A message of the bot's own, of Components V2. */
function postByBot(discord: DiscordStandIn, channelId: string): string {
  const message = discord.say(channelId, '', discord.state.bot.id);
  message.flags = MessageFlags.IsComponentsV2;
  return message.id;
}

/** Messages that show none of the papers that they should. */
async function fillPosts(
  { deliveries }: Ledger,
  {
    channelId,
    guildId,
    messages,
    shown,
  }: {
    readonly channelId: string;
    readonly guildId: string;
    readonly messages: readonly string[];
    readonly shown: DigestView['papers'];
  },
): Promise<void> {
  const at = Date.now() - HOUR_MS - MINUTE_MS;
  const id = channelId.slice(-16);
  const steps = messages.map((_, n): Step => {
    const view: DigestView = {
      kind: 'digest',
      deliveryId: id,
      n,
      look: 'layout',
      cards: PAPERS,
      papers: shown,
    };
    return planStep({ n, kind: 'message', papers: [`old.${n}`], form: 'rich', view }, n);
  });
  const place = { kind: 'channel', channelId, guildId, channelKind: 'text' } as const;
  const times = { slot: at, plannedAt: at };
  const rest = { kind: 'digest', state: 'open', mention: 'none', hidden: [] } as const;
  await deliveries.plan({ id, destinationId: `c${channelId}`, place, ...times, ...rest, steps }, () => true);
  await deliveries.transition(id, ({ delivery }) => {
    const sent = delivery.steps.map((step): Step => ({
      ...step,
      status: 'sent',
      messageId: messages[step.n] ?? '',
    }));
    return {
      delivery: { ...delivery, state: 'done', closedAt: at, steps: sent },
      records: sent.flatMap((step) => recordsOf(step, 'sent', at)),
    };
  });
}
