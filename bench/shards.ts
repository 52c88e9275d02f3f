import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startHuggingFace } from '../playground/hugging-face/server.ts';
import type { Figure } from './figure.ts';
import { startProcess } from './start-process.ts';
import { startStubGateway } from './stub-gateway.ts';

const SIZES = { one: { shards: 1, serversEach: 1_000 }, many: { shards: 250, serversEach: 1_000 } };
const LOOK_AGAIN_MS = 200;

/** The memory that 250,000 servers in 250 shards cost over 1,000 in one. */
export async function measureShards(): Promise<readonly Figure[]> {
  const one = await measureSize(SIZES.one);
  const many = await measureSize(SIZES.many);
  return [
    { figure: 'shards_1_rss_mb', value: round(one), unit: 'MB' },
    { figure: 'shards_250_rss_mb', value: round(many), unit: 'MB' },
    { figure: 'shards_250_over_1_mb', value: round(many - one), unit: 'MB' },
  ];
}

async function measureSize(size: (typeof SIZES)['one']): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const gateway = await startStubGateway(size);
  const papers = await startHuggingFace({ days: new Map() });
  try {
    const env = {
      DISCORD_TOKEN: 'token',
      DISCORD_API_URL: gateway.apiUrl,
      HF_ENDPOINT: papers.url,
      DATABASE_URL: `sqlite://${path.join(folder, 'paperboy.sqlite')}`,
      ARCHIVE_PATH: path.join(folder, 'archive.sqlite'),
    };
    const script = path.join(import.meta.dirname, '../src/main.ts');
    const { residentMb } = await startProcess(script, env, async () => {
      while (gateway.begun() < size.shards) await setTimeout(LOOK_AGAIN_MS);
    });
    return residentMb;
  } finally {
    await papers.close();
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function round(megabytes: number): number {
  return Number(megabytes.toFixed(1));
}
