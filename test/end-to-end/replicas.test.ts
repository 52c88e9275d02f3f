import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load-config.ts';
import { controlsOf } from '../../playground/discord/messages/controls.ts';
import { readPapers } from '../../playground/discord/messages/read-papers.ts';
import type { Message } from '../../playground/discord/state.ts';
import { openWire } from '../../playground/postgres/cuttable-wire.ts';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { type HuggingFaceStandIn, startHuggingFace } from '../../playground/hugging-face/server.ts';
import { type Bot, startBot } from '../../src/bot/bot.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { systemClock } from '../../src/system-clock.ts';
import { hasPostgres, POSTGRES } from '../src/storage/ledger/ledger-world.ts';
import { buildItem } from '../support/world.ts';

describe.skipIf(!hasPostgres)('two processes with one database', { timeout: 60_000 }, () => {
  let place: Awaited<ReturnType<typeof POSTGRES.create>>;
  let folder: string;
  let discord: DiscordStandIn;
  let huggingFace: HuggingFaceStandIn;
  let channelId: string;
  let over: string[];
  const bots: Bot[] = [];

  /** Each has an archive of its own. */
  async function start({ signal, port }: { signal?: AbortSignal; port?: number } = {}): Promise<Bot> {
    const database = new URL(place.url);
    if (port !== undefined) database.port = String(port);
    const env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${discord.url}/api`,
      HF_ENDPOINT: huggingFace.url,
      DATABASE_URL: database.href,
      ARCHIVE_PATH: path.join(folder, `archive-${bots.length}.sqlite`),
      ARCHIVE_SINCE: '2100-01-01',
    };
    const bot = await startBot({
      config: loadConfig(env, { discord: true }),
      clock: systemClock,
      random: Math.random,
      logger: pino({ level: 'silent' }),
      startTicks: () => () => undefined,
      onFatal: (message) => void over.push(message),
      ...(signal === undefined ? {} : { signal }),
    });
    bots.push(bot);
    return bot;
  }

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await systemClock.sleep(20);
  }

  const leads = (bot: Bot) => bot.leadership()?.isLeader === true;
  const guildOf = () => discord.state.channels[channelId]?.guild_id ?? '';
  const admin = () => discord.act(discord.adminId, { channelId, guildId: guildOf() });
  const papers = () =>
    discord.messagesOf(channelId).flatMap((message) => readPapers(message).map(({ id }) => id));

  /** "Send one now", under the answer to /subscribe. */
  async function subscribe(): Promise<() => Promise<unknown>> {
    const { message } = await admin().runCommand('subscribe', {});
    return () => admin().press(message?.id ?? '', controlIdOf(message, 'Send one now'));
  }

  function controlIdOf(message: Message | undefined, label: string): string {
    const controls = controlsOf(message ?? { components: [] });
    const button = controls.find((control) => 'label' in control && control.label === label);
    if (button === undefined || !('custom_id' in button)) throw new Error('no button');
    return button.custom_id;
  }

  beforeEach(async () => {
    place = await POSTGRES.create();
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    discord = await startDiscord({ limits: false });
    discord.gateway.setLimits({ maxConcurrency: 16 });
    const day = listDayAt(Date.now());
    huggingFace = await startHuggingFace({ days: new Map([[day, [buildItem('2606.00001', 5, day)]]]) });
    channelId = discord.addChannel(discord.addGuild('Paper club').id, 'papers').id;
    over = [];
  });

  afterEach(async () => {
    for (const bot of bots.splice(0)) await bot.stop();
    await discord.close();
    await huggingFace.close();
    await place.remove();
    rmSync(folder, { recursive: true });
  });

  it('send and answer as one, and the second goes on when the first stops', async () => {
    const first = await start();
    await until(() => leads(first) && discord.state.commands.length > 0);
    const identifies = discord.gateway.identifies();
    const second = await start();
    const sendNow = await subscribe();
    expect([leads(first), leads(second)]).toEqual([true, false]);

    bots.splice(0, 1);
    await first.stop();
    await until(() => leads(second));
    await sendNow();
    await until(() => papers().length > 0);

    expect(papers()).toEqual(['2606.00001']);
    expect(discord.gateway.identifies(), 'a take-over needs no new session').toBe(identifies + 1);
    const answers = discord.requests.filter(({ path: at }) => at.endsWith('/callback'));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(over).toEqual([]);
  });

  it('send nothing any more where another one has taken over, and say so', async () => {
    const first = await start();
    await until(() => leads(first) && discord.state.commands.length > 0);
    const sendNow = await subscribe();
    const second = await start();

    await place.run(`UPDATE leader_lease SET token = '', expires_at = 'epoch'`);
    await until(() => leads(second) && over.length > 0);
    await first.tick();

    expect(leads(first)).toBe(false);
    expect(over).toEqual([expect.stringMatching(/Another process.*leads/)]);
    await sendNow();
    await until(() => papers().length > 0);
    expect(papers()).toEqual(['2606.00001']);
  });

  it('lose their lease out of sight, and answer all the same who asks at that moment', async () => {
    const only = await start();
    await until(() => leads(only) && discord.state.commands.length > 0);

    await place.run('SELECT pg_terminate_backend(backend) FROM leader_lease');
    await until(() => !leads(only));
    const { message } = await admin().runCommand('about', {});

    expect(JSON.stringify(message)).toContain('What I store');
    expect(over).toEqual([]);
  });

  it.each(['cut', 'close'] as const)(
    'say so to whoever asks while their database is away: %s',
    async (goAway) => {
      const wire = await openWire(() => 5432);
      const only = await start({ port: wire.port });
      await until(() => leads(only) && discord.state.commands.length > 0);
      await admin().runCommand('save', { paper: '2606.00001' });
      const { message: paper } = await admin().runCommand('paper', { paper: '2606.00001' });

      wire[goAway]();
      await until(() => !leads(only));
      const command = await admin().runCommand('subscriptions', {});
      const harmless = await admin().runCommand('about', {});
      const pressed = await admin().press(paper?.id ?? '', controlIdOf(paper, 'Unsave'));
      const form = await admin().press(paper?.id ?? '', controlIdOf(paper, 'Note and tags'));
      const suggestions = await admin().autocomplete('subscribe', { topic: 'm' }, 'topic');

      for (const { message, ephemeral } of [command, harmless, pressed, form]) {
        expect(message?.content).toBe("I can't reach my database right now. Try again in a minute.");
        expect(ephemeral).toBe(true);
      }
      expect(suggestions).toEqual([]);
      expect(over).toEqual([]);
      wire.mend();
      bots.splice(0);
      // It cannot take leave of a database that is away.
      await only.stop().catch(() => undefined);
      wire.close();
    },
  );

  it('end in order where they are told to while they start', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);

    await expect(start({ signal: AbortSignal.abort(new Error('told to end')) })).rejects.toThrow(
      'told to end',
    );
    await systemClock.sleep(20);
    process.off('unhandledRejection', note);

    expect(unhandled).toEqual([]);
    const lease = await place.run(`SELECT FROM leader_lease WHERE expires_at > clock_timestamp()`);
    expect(lease).toEqual([]);
  });

  it('lose their database, send nothing meanwhile, and go on by themselves', async () => {
    const only = await start();
    await until(() => leads(only) && discord.state.commands.length > 0);
    const sendNow = await subscribe();

    await place.run('SELECT pg_terminate_backend(backend) FROM leader_lease');
    await until(() => !leads(only));
    await until(() => leads(only));
    await sendNow();
    await until(() => papers().length > 0);

    expect(papers()).toEqual(['2606.00001']);
    expect(over).toEqual([]);
  });
});
