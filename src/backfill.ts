import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { loadConfig } from '../config/load-config.ts';
import packageFile from '../package.json' with { type: 'json' };
import { FIRST_LIST_DAY } from './calendar/list-day.ts';
import { isDay } from './calendar/is-day.ts';
import { runBackfill } from './papers/older-days.ts';
import { createHttpClient } from './sources/http-client.ts';
import { createHuggingFaceSource } from './sources/hugging-face-source.ts';
import { openSqliteArchive } from './storage/archive/sqlite-paper-archive.ts';
import { systemClock as clock } from './system-clock.ts';

const USAGE = `npm run backfill -- --since YYYY-MM-DD   (the first list is of ${FIRST_LIST_DAY})`;

async function backfill(since: string): Promise<number> {
  const config = loadConfig(process.env, { discord: false });
  const opened = openSqliteArchive({ path: config.archivePath });
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort()).once('SIGTERM', () => stopping.abort());
  const bar = new SingleBar({ format: '{bar} {value}/{total} days, {eta_formatted} left' }, Presets.legacy);
  bar.start(0, 0);
  const source = createHuggingFaceSource({
    endpoint: config.hfEndpoint.href,
    token: config.hfToken,
    http: createHttpClient({
      source: 'Hugging Face',
      version: packageFile.version,
      clock,
      random: Math.random,
    }),
    clock,
  });
  const onProgress = (done: number, total: number) => {
    bar.setTotal(total);
    bar.update(done);
  };
  try {
    const { archive } = opened;
    const result = await runBackfill({ source, archive, clock, onProgress, signal: stopping.signal }, since);
    bar.stop();
    console.log(`${result.collected} days fetched, ${result.papers} new papers.`);
    for (const { day, error } of result.failed) console.log(`${day}: ${error.message}`);
    if (result.stopped) console.log('Stopped; the same command goes on from here.');
    return result.failed.length === 0 ? 0 : 1;
  } finally {
    bar.stop();
    await opened.close();
  }
}

if (existsSync('.env')) process.loadEnvFile('.env');
try {
  const { since = FIRST_LIST_DAY } = parseArgs({ options: { since: { type: 'string' } } }).values;
  if (!isDay(since)) throw new Error(`--since needs a day. ${USAGE}`);
  process.exitCode = await backfill(since);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
