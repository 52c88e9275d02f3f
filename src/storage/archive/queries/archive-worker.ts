import { DatabaseSync } from 'node:sqlite';
import { workerData } from 'node:worker_threads';
import type { ListDayRange, SearchRequest } from '../../../topics/paper-search.ts';
import type { Query } from '../../../topics/query/query.ts';
import { type Damage, damageOf } from '../damage.ts';
import { WorkerData } from '../schema.ts';
import { type ArchiveReader, createArchiveReader, type MatchRequest } from './archive-reader.ts';

/** Between threads an error loses its code, so that what it says about the file is told beside it. */
export type Answer<T> =
  { readonly value: T } | { readonly failure: { readonly message: string; readonly damage: Damage } };

let present: ArchiveReader | undefined;

/** This file is the thread of queries; each of its functions answers one kind. It reads the archive and never writes. */
function answer<T>(read: (reader: ArchiveReader) => T): Answer<T> {
  try {
    present ??= openReader();
    return { value: read(present) };
  } catch (error) {
    return {
      failure: { message: error instanceof Error ? error.message : String(error), damage: damageOf(error) },
    };
  }
}

function openReader(): ArchiveReader {
  const database = new DatabaseSync(WorkerData.parse(workerData).file, { readOnly: true });
  database.exec('PRAGMA cache_size = -2000');
  return createArchiveReader(database);
}

/** Resolves once the thread is there. */
export const start = (): Answer<undefined> => ({ value: undefined });

export const match = ({ query, range, limit }: MatchRequest) =>
  answer((reader) => reader.match(query, range, limit));

export const count = ({ query, range }: { readonly query: Query; readonly range: ListDayRange }) =>
  answer((reader) => reader.count(query, range));

export const explain = ({ query, paperId }: { readonly query: Query; readonly paperId: string }) =>
  answer((reader) => reader.explain(query, paperId));

export const search = (request: SearchRequest) => answer((reader) => reader.search(request));

export const similar = ({ paperId, limit }: { readonly paperId: string; readonly limit: number }) =>
  answer((reader) => reader.similar(paperId, limit));

export const suggest = ({ typed, limit }: { readonly typed: string; readonly limit: number }) =>
  answer((reader) => reader.suggest(typed, limit));

export const matchTopics = (asked: { readonly queries: readonly string[]; readonly range: ListDayRange }) =>
  answer((reader) => reader.matchTopics(asked.queries, asked.range));
