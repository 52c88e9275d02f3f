import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { type HuggingFaceStandIn, startHuggingFace } from '../../playground/hugging-face/server.ts';

/** Says on SIGUSR2 which libraries were loaded. */
const TELL = `import { registerHooks } from 'node:module';
const libraries = new Set();
registerHooks({ load(url, context, next) {
  libraries.add(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1]);
  return next(url, context);
} });
process.on('SIGUSR2', () => console.log('loaded: ' + [...libraries].join(' ') + ' .'));`;

describe('the bot as a process', { timeout: 60_000 }, () => {
  let folder: string;
  let discord: DiscordStandIn;
  let huggingFace: HuggingFaceStandIn;
  let child: ChildProcess | undefined;
  let output = '';

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

  async function start(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(TELL)}`];
    const started = spawn(process.execPath, [...flags, path.resolve('src/main.ts')], {
      cwd: folder,
      env: {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: `${discord.url}/api`,
        HF_ENDPOINT: huggingFace.url,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await vi.waitFor(() => expect(output).toContain('"msg":"ready"'), { timeout: 20_000 });
    started.kill('SIGUSR2');
    await vi.waitFor(() => expect(output).toMatch(/loaded: .* \./), { timeout: 5_000 });
    return /loaded: (.*) \./.exec(output)?.[1]?.split(' ') ?? [];
  }

  it('loads neither the library of PostgreSQL nor that of metrics unless asked', async () => {
    const libraries = await start({ HEALTH_PORT: String(await freePort()) });

    expect(libraries).toEqual(expect.arrayContaining(['discord.js', 'kysely', 'pino']));
    expect(libraries.filter((name) => /^(pg|prom-client|@opentelemetry|tdigest)/.test(name))).toEqual([]);
  });

  it('has metrics when asked, of what people did and of how it is', async () => {
    const port = await freePort();
    const channelId = discord.addChannel(discord.addGuild('Lab').id, 'papers').id;

    const libraries = await start({ HEALTH_PORT: String(port), HEALTH_METRICS: 'yes' });
    await discord.act(discord.memberId, { channelId }).runCommand('help');
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    const text = await response.text();

    expect(libraries).toContain('prom-client');
    expect(libraries).not.toContain('pg');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    for (const line of [
      'paperboy_interaction_seconds_count{kind="command",name="help",outcome="answered"} 1',
      'paperboy_discord_requests_total{rank="answer",status="204"} 1',
      'paperboy_gateway_connected 1',
      'paperboy_leader 1',
      'paperboy_lease_seconds Nan',
      'paperboy_ledger_up 1',
      'paperboy_shards 1',
      'paperboy_shards_ready 1',
      'paperboy_servers 1',
      'paperboy_session_starts_left 999',
      'paperboy_uncertain_steps 0',
      'paperboy_discord_clock_skew_seconds 0',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
