import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../../../src/errors.ts';
import {
  createQueryWorker,
  type QueryWorker,
  type Urgency,
} from '../../../../../src/storage/archive/queries/query-worker.ts';
import type { ListDayRange } from '../../../../../src/topics/paper-search.ts';
import type { Query } from '../../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestArchive, type TestArchive } from '../../../../support/open-archive.ts';

const PATIENT: Urgency = { priority: 'usual', deadlineMs: 60_000 };
const EVERY: [Query, ListDayRange] = [{ kind: 'every' }, {}];

describe('the thread of queries', () => {
  let opened: TestArchive;
  let worker: QueryWorker;

  beforeEach(() => {
    opened = openTestArchive([buildPaper({ id: '2606.00001', title: 'Mamba', listDay: '2026-06-08' })]);
    worker = createQueryWorker({ file: opened.file, onDamage: () => undefined });
  });
  afterEach(async () => {
    await worker.close();
    await opened.close();
  });

  it('gives up a query at its deadline, and answers the next one', async () => {
    const queries = Array.from({ length: 5_000 }, (_, at) => `mamba OR state${at}`);
    const late = worker.ask('matchTopics', [queries, {}], { ...PATIENT, deadlineMs: 1 });

    await expect(late).rejects.toMatchObject({ code: 'query-too-slow' });
    expect(await worker.ask('count', EVERY, PATIENT)).toBe(1);
  });

  it('answers what is urgent first, and heavy queries last', async () => {
    const answered: string[] = [];
    const ask = async (name: string, priority: Urgency['priority']) => {
      await worker.ask('count', EVERY, { ...PATIENT, priority });
      answered.push(name);
    };

    await Promise.all([
      ask('the one under way', 'heavy'),
      ask('heavy', 'heavy'),
      ask('usual', 'usual'),
      ask('a suggestion', 'suggestion'),
      ask('another suggestion', 'suggestion'),
      ask('a digest', 'digest'),
    ]);

    expect(answered).toEqual([
      'the one under way',
      'a digest',
      'a suggestion',
      'another suggestion',
      'usual',
      'heavy',
    ]);
  });

  it('matches the topics of digests before what people typed earlier', async () => {
    const answered: string[] = [];
    const { search, matchTopics } = opened;

    await Promise.all([
      search.count(...EVERY).then(() => answered.push('the one under way')),
      search.suggest('mam', 5).then(() => answered.push('a suggestion')),
      search.count(...EVERY).then(() => answered.push('a query')),
      matchTopics(['mamba'], {}).then(() => answered.push('a digest')),
    ]);

    expect(answered).toEqual(['the one under way', 'a digest', 'a suggestion', 'a query']);
  });

  it('refuses what waits too long for its turn', async () => {
    const first = worker.ask('count', EVERY, PATIENT);
    const second = worker.ask('count', EVERY, { ...PATIENT, waitMs: 1 });

    await expect(second).rejects.toMatchObject({ code: 'search-busy' });
    expect(await first).toBe(1);
  });

  it('sees what was saved since the last query', async () => {
    await worker.ask('count', EVERY, PATIENT);

    opened.archive.save([buildPaper({ id: '2606.00002', listDay: '2026-06-09' })], 0);

    expect(await worker.ask('count', EVERY, PATIENT)).toBe(2);
  });

  it('answers nothing once it is closed', async () => {
    await worker.ask('count', EVERY, PATIENT);
    await worker.close();

    await expect(worker.ask('count', EVERY, PATIENT)).rejects.toThrow(StorageError);
  });
});
