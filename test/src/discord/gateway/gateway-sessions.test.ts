import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';
import { createGatewayWatch, type GatewayWatch } from '../../../../src/discord/gateway/gateway-watch.ts';
import {
  type DiscordClient,
  type DiscordClientParts,
  startDiscordClient,
} from '../../../../src/discord/gateway/start-discord-client.ts';
import { createScriptedClock, type ScriptedClock } from '../../../support/scripted-clock.ts';

const NOON = Date.UTC(2026, 5, 9, 12);
let discord: DiscordStandIn;
let client: DiscordClient | undefined;
let clock: ScriptedClock;
let watch: GatewayWatch;
let fatal: string[];
let logged: string[];
let now = NOON;
const stopping: AbortController[] = [];

beforeEach(async () => {
  now = NOON;
  discord = await startDiscord({ limits: false, clock: { now: () => now } });
  clock = createScriptedClock(NOON);
  logged = [];
  fatal = [];
  client = undefined;
});
afterEach(async () => {
  stopping.splice(0).forEach((one) => one.abort());
  await client?.stop();
  await discord.close();
});

const hello = {
  data: { name: 'hello', description: 'Says hello' },
  execute: () => Promise.resolve({ content: 'Hello' }),
};

function start(
  about: Pick<DiscordClientParts<undefined>, 'takeTurnToIdentify'> = {},
): Promise<DiscordClient> {
  const abort = new AbortController();
  stopping.push(abort);
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  watch = createGatewayWatch(clock, log);
  const parts: DiscordClientParts<undefined> = {
    token: discord.token,
    apiUrl: `${discord.url}/api`,
    commands: [hello],
    messageCommands: [],
    controls: [],
    forms: [],
    context: undefined,
    meta: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    drafts: {
      keep: () => Promise.resolve(),
      of: () => Promise.resolve(undefined),
      removeOf: () => Promise.resolve(),
    },
    log,
    clock,
    random: () => 0,
    watch,
    isAnswering: () => true,
    signal: abort.signal,
    onFatal: (message) => void fatal.push(message),
    ...about,
  };
  const started = startDiscordClient(parts).then(async (one) => {
    await one.registerCommands();
    return one;
  });
  started.then(
    (one) => (client = one),
    () => undefined,
  );
  return started;
}

const reason = () => watch.status().reason;

describe('gateway sessions', () => {
  it('answers the servers of every shard that Discord recommends', async () => {
    discord.gateway.setLimits({ shards: 3, maxConcurrency: 3 });
    const channels = Array.from({ length: 6 }, (_, at) => {
      now += 1;
      return discord.addChannel(discord.addGuild(`Lab ${at}`).id, 'papers').id;
    });

    await start();
    await expect.poll(() => watch.figures().shardsReady).toBe(3);

    for (const channelId of channels) {
      const { message } = await discord.act(discord.memberId, { channelId }).runCommand('hello');
      expect(message?.content).toBe('Hello');
    }
    expect(discord.gateway.identifies()).toBe(3);
    expect(watch.status()).toEqual({ isConnected: true, since: NOON });
  });

  it('is ready with its first shard, and answers there and in direct messages; the others follow', async () => {
    discord.gateway.setLimits({ shards: 3, maxConcurrency: 1 });
    const guild = discord.addGuild('Lab');
    const isOnFirst = () => Number((BigInt(guild.id) >> 22n) % 3n) === 0;
    expect(isOnFirst()).toBe(true);
    const { id: channelId } = discord.addChannel(guild.id, 'papers');
    const { id: dmId } = discord.openDmWith(discord.memberId);

    await start();

    expect(watch.figures()).toMatchObject({ shards: 3, shardsReady: 1 });
    expect(watch.status()).toMatchObject({ isConnected: true });
    for (const place of [channelId, dmId]) {
      const { message } = await discord.act(discord.memberId, { channelId: place }).runCommand('hello');
      expect(message?.content).toBe('Hello');
    }
    expect(discord.gateway.identifies()).toBe(1);
  });

  it('begins as many sessions at a time as Discord allows', async () => {
    discord.gateway.setLimits({ shards: 20, maxConcurrency: 16 });

    await start();

    await expect.poll(() => watch.figures().shardsReady).toBe(16);
    expect(discord.gateway.identifies()).toBe(16);
    expect(watch.figures()).toMatchObject({ shards: 20, sessionsLeft: 984 });
  });

  it('counts those that Discord gives anew, though it need not be asked for any', async () => {
    discord.gateway.setLimits({ remaining: 50, resetsAt: NOON + 3_600_000 });
    await start();
    expect(watch.figures()).toMatchObject({ sessionsLeft: 49 });

    await clock.passTo(NOON + 3_600_000);

    expect(watch.figures()).toMatchObject({ sessionsLeft: 1000 });
  });

  it('knows of no number of servers before a session has told it', async () => {
    discord.gateway.setLimits({ remaining: 0, resetsAt: NOON + 90_000 });
    void start().catch(() => undefined);
    await expect.poll(reason).toContain('no gateway session');

    expect(watch.figures().servers).toBeUndefined();
  });

  it('counts 2,600 servers on two shards, and keeps none of them', async () => {
    discord.gateway.setLimits({ shards: 2, maxConcurrency: 2 });
    for (let at = 0; at < 2_600; at += 1) {
      now += 1;
      discord.addGuild(`Lab ${at}`);
    }

    const { client: started } = await start();

    await expect.poll(() => watch.figures().servers).toBe(2_600);
    expect(discord.gateway.identifies()).toBe(2);
    expect(logged.join('')).toContain('"shards":2,"servers":2600,"msg":"all shards are connected"');
    expect(started.guilds.cache.size).toBe(0);
  });

  it('is not connected while a shard that it had is away', async () => {
    discord.gateway.setLimits({ shards: 2, maxConcurrency: 2 });
    await start();
    await expect.poll(() => watch.figures().shardsReady).toBe(2);

    const end = discord.gateway.refuseIdentify({ code: 4009 });
    discord.disconnectGateway(4009);

    await expect.poll(() => watch.figures().shardsReady).toBe(0);
    expect(watch.status()).toMatchObject({ isConnected: false });
    end();
  });

  it.each([
    { shards: 1, remaining: 0 },
    { shards: 3, remaining: 2 },
  ])(
    'waits for the reset with $remaining sessions left for $shards shards',
    async ({ shards, remaining }) => {
      discord.gateway.setLimits({ shards, remaining, maxConcurrency: 3, resetsAt: NOON + 90_000 });

      const started = start();
      await expect.poll(reason).toBe('Discord allows no gateway session until 2026-06-09T12:01:30.000Z');
      expect(discord.requests.filter(({ path }) => path !== '/gateway/bot')).toEqual([]);
      now += 90_000;
      await clock.passTo(NOON + 90_000);

      await started;
      expect(watch.status()).toMatchObject({ isConnected: true });
      expect(logged.join('')).toContain('the gateway is connected again');
    },
  );

  it('begins no session when other processes used up the last one while it waited for its turn', async () => {
    let turns = 0;
    const started = start({
      async takeTurnToIdentify() {
        turns += 1;
        if (turns > 1) return;
        discord.gateway.setLimits({ remaining: 0, resetsAt: NOON + 90_000 });
        await clock.passTo(NOON + 5_000);
      },
    });
    await expect.poll(reason).toContain('Discord allows no gateway session until');
    expect(discord.gateway.identifies()).toBe(0);

    now += 90_000;
    await clock.passTo(NOON + 200_000);

    await started;
    expect(turns).toBe(2);
    expect(fatal).toEqual([]);
  });

  it('ends the wait for the reset at once when it is told to stop', async () => {
    discord.gateway.setLimits({ remaining: 0, resetsAt: NOON + 90_000 });
    const started = start();
    await expect.poll(reason).toContain('no gateway session');

    stopping.forEach((one) => one.abort());

    await expect(started).rejects.toThrow(/ended|aborted/);
  });

  it('begins no session while none is left when one breaks', async () => {
    await start();
    discord.gateway.setLimits({ remaining: 0, resetsAt: NOON + 90_000 });

    discord.disconnectGateway(4009);

    await expect.poll(reason, { timeout: 5000 }).toContain('no gateway session');
    expect(logged.join('')).not.toContain('gateway closed');
    expect(fatal).toEqual([]);
    now += 90_000;
    await clock.passTo(NOON + 90_000);
    await expect.poll(() => watch.status().isConnected, { timeout: 10_000 }).toBe(true);
  });

  it('identifies for no connection that closed while it waited for its turn', async () => {
    const { client: started } = await start();
    const said: string[] = [];
    started.on('debug', (text) => void said.push(text));
    const asked = () => discord.requests.filter(({ path }) => path === '/gateway/bot').length;
    const before = asked();
    discord.gateway.forgetSessions();
    discord.disconnectGateway(4000);
    // Five seconds are to lie between two sessions, and it asks before it waits for them.
    await expect.poll(asked, { timeout: 5_000 }).toBe(before + 1);

    discord.disconnectGateway(4009);

    await expect.poll(() => said.join('\n'), { timeout: 8_000 }).toContain('closed in the meantime');
    expect(discord.gateway.identifies()).toBe(1);
  });

  it('says so when Discord asks to wait an hour before it tells of sessions, and asks again', async () => {
    await start();
    const end = discord.fail({ route: /gateway\/bot/, limit: 'user', forMs: 3_600_000 });

    discord.disconnectGateway(4009);

    await expect.poll(reason, { timeout: 5000 }).toContain('cannot be asked how many sessions');
    expect(logged.join('')).toContain('the gateway cannot be reached, trying on');
    end();
    await clock.passTo(NOON + 60_000);
    await expect.poll(() => watch.status().isConnected, { timeout: 10_000 }).toBe(true);
  });

  it('logs once why the gateway breaks at each beginning, and goes on trying', async () => {
    const end = discord.gateway.refuseIdentify({ code: 4009 });

    const started = start();
    await expect.poll(reason).toBe('the gateway closed the connection: 4009 SessionTimedOut');
    await expect.poll(() => discord.gateway.identifies(), { timeout: 20_000 }).toBe(2);
    end();
    await clock.passTo(NOON + 60_000);
    await started;

    expect(logged.filter((line) => line.includes('cannot be reached'))).toHaveLength(1);
    expect(logged[0]).toContain('4009 SessionTimedOut');
  });

  it.each([
    { code: 4004, advice: 'DISCORD_TOKEN' },
    { code: 4011, advice: 'how many shards' },
  ])('says what to do about $code, at the start', async ({ code, advice }) => {
    discord.gateway.refuseIdentify({ code });

    await expect(start()).rejects.toThrow(advice);
  });

  it('says what to do about 4011 later', async () => {
    await start();

    discord.disconnectGateway(4011);

    await expect.poll(() => fatal).toEqual([expect.stringContaining('how many shards')]);
  });
});
