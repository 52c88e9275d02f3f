import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { type HuggingFaceStandIn, startHuggingFace } from '../../playground/hugging-face/server.ts';

describe('the bot as a process', { timeout: 60_000 }, () => {
  let folder: string;
  let discord: DiscordStandIn;
  let huggingFace: HuggingFaceStandIn;
  let output: string;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    discord = await startDiscord();
    huggingFace = await startHuggingFace({ days: new Map() });
    output = '';
  });

  afterEach(async () => {
    child?.kill('SIGKILL');
    await discord.close();
    await huggingFace.close();
    rmSync(folder, { recursive: true });
  });

  /** Resolves when its log says so, or when it has ended. */
  async function start(
    token = discord.token,
    settings: Readonly<Record<string, string>> = {},
    word = '"msg":"ready"',
  ): Promise<ChildProcess> {
    const started = spawn(process.execPath, [path.resolve('src/main.ts')], {
      cwd: folder,
      env: {
        DISCORD_TOKEN: token,
        DISCORD_API_URL: `${discord.url}/api`,
        HF_ENDPOINT: huggingFace.url,
        LOG_LEVEL: 'info',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    await new Promise<void>((resolve) => {
      const read = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(word)) resolve();
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.on('exit', () => resolve());
    });
    return started;
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s', async (signal) => {
    const started = await start();
    expect(output).toContain('"msg":"ready"');

    started.kill(signal);

    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(output).toContain('"msg":"stopped"');
  });

  it('does not start beside another one on the same ledger', async () => {
    const first = await start();
    output = '';

    const second = await start();
    if (second.exitCode === null) await once(second, 'exit');

    expect(second.exitCode).toBe(1);
    expect(output).toContain('Another Paperboy is running');
    first.kill('SIGKILL');
    await once(first, 'exit');
    output = '';
    const third = await start();
    expect(third.exitCode).toBeNull();
  });

  it('tells how it is doing where it is asked to, also when its ledger is removed', async () => {
    const port = await findFreePort();
    const ledgerFile = path.join(folder, 'kept.sqlite');
    const settings = { HEALTH_PORT: String(port), DATABASE_URL: `sqlite://${ledgerFile}` };
    const started = await start(discord.token, settings);
    expect(output).toContain('"msg":"ready"');

    const well = await askUntilAnswered(`http://127.0.0.1:${port}/health`);
    rmSync(ledgerFile);
    const broken = await askUntilAnswered(`http://127.0.0.1:${port}/health`);

    expect(well.status).toBe(200);
    expect(await well.json()).toMatchObject({ ready: true, openDeliveries: 0 });
    expect(broken.status).toBe(503);
    expect(await broken.json()).toMatchObject({
      ledger: { connected: false, reason: expect.stringContaining('removed') },
    });
    started.kill('SIGTERM');
    expect(await once(started, 'exit')).toEqual([0, null]);
  });

  it('waits for a Discord that is out of reach, and can be stopped meanwhile', async () => {
    const nowhere = { DISCORD_API_URL: `http://127.0.0.1:${await findFreePort()}/api` };
    const waiting = await start(discord.token, nowhere, 'trying again');

    expect(waiting.exitCode).toBeNull();
    waiting.kill('SIGTERM');

    expect(await once(waiting, 'exit')).toEqual([0, null]);
    expect(output).not.toContain('did not stop');
  });

  it.each([
    {
      what: 'Discord allows no more sessions',
      break: () => discord.gateway.setLimits({ remaining: 0, resetsAt: Date.now() + 3_600_000 }),
      reason: 'no gateway session until',
    },
    {
      what: 'the gateway breaks each one at its beginning',
      break: () => discord.gateway.refuseIdentify({ code: 4009 }),
      reason: '4009 SessionTimedOut',
    },
    {
      what: 'the gateway drops each one at its beginning',
      break: () => discord.gateway.refuseIdentify(),
      reason: 'the connection to the gateway broke',
    },
  ])('waits while $what, says why, and can be stopped meanwhile', async (trouble) => {
    trouble.break();
    const port = await findFreePort();
    const waiting = await start(discord.token, { HEALTH_PORT: String(port) }, trouble.reason);

    const health = await askUntilAnswered(`http://127.0.0.1:${port}/health`);

    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      ready: false,
      gateway: { connected: false, reason: expect.stringContaining(trouble.reason) },
    });
    expect(waiting.exitCode).toBeNull();
    waiting.kill('SIGTERM');
    expect(await once(waiting, 'exit')).toEqual([0, null]);
    expect(output).not.toContain('did not stop');
    expect(output.split(trouble.reason)).toHaveLength(2);
  });

  it('says what to do when Discord wants more shards, and ends', async () => {
    discord.gateway.refuseIdentify({ code: 4011 });

    const started = await start();
    if (started.exitCode === null) await once(started, 'exit');

    expect(started.exitCode).toBe(1);
    expect(output).toContain('asks Discord how many shards to use');
  });

  it('never prints a token that Discord refuses', async () => {
    const started = await start('wrong-token-that-is-secret');
    if (started.exitCode === null) await once(started, 'exit');

    expect(started.exitCode).toBe(1);
    expect(output).toContain('into DISCORD_TOKEN');
    expect(output).not.toContain('wrong-token-that-is-secret');
  });

  it('stops when the gateway says that its token is no longer good', async () => {
    const started = await start();

    discord.disconnectGateway(4004);

    expect(await once(started, 'exit')).toEqual([1, null]);
  });

  it('stops, and says why once, when Discord refuses its token to what a command asks', async () => {
    const guild = discord.addGuild('Paper club');
    const here = discord.addChannel(guild.id, 'papers').id;
    const elsewhere = discord.addChannel(guild.id, 'more-papers').id;
    const moderator = discord.addUser('Mo').id;
    discord.addMember(guild.id, moderator);
    const mayManageServer = { permissions: 1n << 5n };
    discord.giveRole(guild.id, moderator, discord.addRole(guild.id, 'Mods', mayManageServer).id);
    const started = await start();
    await discord.act(discord.adminId, { channelId: elsewhere }).runCommand('subscribe');

    discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 401 });
    void discord
      .act(moderator, { channelId: here })
      .runCommand('subscriptions')
      .catch(() => undefined);

    expect(await once(started, 'exit')).toEqual([1, null]);
    expect(output.split('"msg":"Discord does not take the token')).toHaveLength(2);
  });
});

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('There is no port');
  return address.port;
}

/** The log says ready a moment before the address is there. */
async function askUntilAnswered(url: string): Promise<Response> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response !== undefined) return response;
  }
}
