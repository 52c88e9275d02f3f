import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load-config.ts';
import packageFile from '../package.json' with { type: 'json' };
import { listDayAt } from './calendar/list-day.ts';
import { isDay } from './calendar/is-day.ts';
import { addDays } from './calendar/zoned-time.ts';
import type { Paper } from './papers/paper.ts';
import { createHttpClient } from './sources/http-client.ts';
import { createHuggingFaceSource } from './sources/hugging-face-source.ts';
import { systemClock as clock } from './system-clock.ts';

/** Over a weekend and the holidays beside it. */
const DAYS_BACK = 5;
const SUMMARY_LENGTH = 200;

async function preview(asked: string | undefined): Promise<void> {
  const config = loadConfig(process.env, { discord: false });
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
  const days =
    asked === undefined
      ? Array.from({ length: DAYS_BACK }, (_none, back) => addDays(listDayAt(clock.now()), -back))
      : [asked];
  for (const day of days) {
    const { papers } = await source.listDay(day);
    if (papers.length === 0) continue;
    const ranked = papers.toSorted((one, other) => other.upvotes - one.upvotes);
    console.log(`${day}: ${papers.length} papers\n\n${ranked.map(describePaper).join('\n\n')}`);
    return;
  }
  console.log(`${days.join(', ')}: no papers.`);
}

function describePaper(paper: Paper): string {
  const text = paper.summary ?? paper.abstract;
  const summary = text.length > SUMMARY_LENGTH ? `${text.slice(0, SUMMARY_LENGTH).toWellFormed()}…` : text;
  return `▲ ${paper.upvotes}  ${paper.title}\n   https://huggingface.co/papers/${paper.id}\n   ${summary}`;
}

if (existsSync('.env')) process.loadEnvFile('.env');
try {
  const { day } = parseArgs({ options: { day: { type: 'string' } } }).values;
  if (day !== undefined && !isDay(day)) throw new Error('--day needs a day, such as 2026-05-29.');
  await preview(day);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
