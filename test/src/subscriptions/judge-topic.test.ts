import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBacktest } from '../../../src/subscriptions/backtest.ts';
import { judgeTopic } from '../../../src/subscriptions/judge-topic.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { parseQuery } from '../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../support/build-paper.ts';

const DAYS = ['2026-06-08', '2026-06-09'];

describe('what following a topic would bring', () => {
  let folder: string;
  let opened: SqliteArchive;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    opened = openSqliteArchive({ path: path.join(folder, 'archive.sqlite') });
    const papers = Array.from({ length: 20 }, (_, at) =>
      buildPaper({
        id: `2606.${String(at + 1).padStart(5, '0')}`,
        title: at % 10 === 0 ? 'Mamba for graphs' : 'Language models at work',
        upvotes: at,
        listDay: DAYS[at < 15 ? 1 : 0] ?? '',
      }),
    );
    const old = buildPaper({ id: '2401.00001', title: 'Quantum nonsense', listDay: '2024-01-02' });
    const between = Array.from({ length: 30 }, (_, at) =>
      buildPaper({
        id: `2605.${String(at + 1).padStart(5, '0')}`,
        title: 'Language models of May',
        listDay: `2026-05-${String(at + 1).padStart(2, '0')}`,
      }),
    );
    opened.archive.save([...papers, old, ...between], 0);
  });

  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  async function judge(text: string, minUpvotes = 0) {
    const wish = { query: parseQuery(text), minUpvotes };
    return await judgeTopic(wish, await runBacktest(wish, opened), opened);
  }

  it('counts the last 30 list days, newest first, and finds the busiest', async () => {
    const backtest = await runBacktest({ query: parseQuery('mamba OR language'), minUpvotes: 0 }, opened);

    expect(backtest.days).toBe(30);
    expect(backtest.listed).toBe(48);
    expect(backtest.papers).toHaveLength(48);
    expect(backtest.papers[0]?.listDay).toBe('2026-06-09');
    expect(backtest.busiest).toEqual({ day: '2026-06-09', papers: 15 });
  });

  it('counts only papers with the upvotes', async () => {
    const { papers } = await runBacktest({ query: parseQuery('mamba'), minUpvotes: 5 }, opened);

    expect(papers.map(({ id }) => id)).toEqual(['2606.00011']);
  });

  it('has nothing to say about a topic of sensible size, nor about every paper', async () => {
    expect(await judge('mamba')).toEqual({ kind: 'fine' });
    expect(await judge('')).toEqual({ kind: 'fine' });
  });

  it('offers a narrower query for one that matches over half of all papers', async () => {
    expect(await judge('models')).toEqual({
      kind: 'too-wide',
      narrower: { query: parseQuery('models upvotes>=9'), papers: 10 },
    });
  });

  it('says how many upvotes the best match has where the threshold keeps all away', async () => {
    expect(await judge('mamba', 50)).toEqual({ kind: 'nothing', mostUpvotes: 10 });
  });

  it('offers a wider query that brings something, and says when the last match was', async () => {
    expect(await judge('quantum')).toEqual({ kind: 'nothing', lastDay: '2024-01-02' });
    expect(await judge('mamba upvotes>=500')).toMatchObject({
      wider: { query: parseQuery('mamba'), papers: 2 },
    });
    expect(await judge('"graphs mamba"')).toMatchObject({
      wider: { query: parseQuery('graphs mamba'), papers: 2 },
    });
  });

  it('offers the right spelling of a word that the archive does not know', async () => {
    const wish = { query: parseQuery('mammba'), minUpvotes: 0 };
    const meant = { query: parseQuery('mamba'), words: [{ typed: 'mammba', meant: 'mamba' }], total: 2 };
    const search = {
      match: opened.search.match,
      count: opened.search.count,
      search: async () => ({ strict: [], close: [], correction: meant }),
    };

    const verdict = await judgeTopic(wish, await runBacktest(wish, opened), {
      archive: opened.archive,
      search,
    });

    expect(verdict).toEqual({ kind: 'nothing', spelling: { query: parseQuery('mamba'), papers: 2 } });
  });
});
