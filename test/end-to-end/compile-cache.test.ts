import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { type HuggingFaceStandIn, startHuggingFace } from '../../playground/hugging-face/server.ts';

/** Says on SIGUSR2 whether Node has loaded its type stripper. */
const TELL = `process.on('SIGUSR2', () => console.log('stripper:', process.moduleLoadList.some((name) => name.includes('amaro'))))`;

let child: ChildProcess | undefined;
let discord: DiscordStandIn;
let huggingFace: HuggingFaceStandIn;
let folder: string;

afterEach(async () => {
  child?.kill('SIGKILL');
  await discord.close();
  await huggingFace.close();
  rmSync(folder, { recursive: true });
});

it('is written when the bot is ready, and spares the next start the type stripper', async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
  discord = await startDiscord();
  huggingFace = await startHuggingFace({ days: new Map() });

  expect(await startAndAsk()).toContain('stripper: true');
  await vi.waitFor(expectSettledCache, { timeout: 20_000, interval: 300 });
  child?.kill('SIGKILL');

  expect(await startAndAsk()).toContain('stripper: false');
}, 60_000);

async function startAndAsk(): Promise<string> {
  const flags = [
    '--import',
    path.resolve('src/compile-cache.mjs'),
    '--import',
    `data:text/javascript,${TELL}`,
  ];
  const started = spawn(process.execPath, [...flags, path.resolve('src/main.ts')], {
    cwd: folder,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${discord.url}/api`,
      HF_ENDPOINT: huggingFace.url,
      TMPDIR: folder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await vi.waitFor(() => expect(output).toContain('"msg":"ready"'), { timeout: 20_000 });
  started.kill('SIGUSR2');
  await vi.waitFor(() => expect(output).toContain('stripper:'), { timeout: 5_000 });
  return output;
}

let seen = 0;

/** Full, and no longer growing: it is written in one go. */
function expectSettledCache(): void {
  const cache = path.join(folder, 'node-compile-cache');
  const before = seen;
  seen = existsSync(cache) ? readdirSync(cache, { recursive: true }).length : 0;
  expect(seen).toBeGreaterThan(100);
  expect(seen).toBe(before);
}
