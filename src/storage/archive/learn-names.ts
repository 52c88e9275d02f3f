import type { DatabaseSync } from 'node:sqlite';
import type { Paper } from '../../papers/paper.ts';
import { nameKeysOf } from './name-keys.ts';
import { type Acronym, readAcronyms } from './read-acronyms.ts';

/** Keeps what papers are called, and what acronyms stand for. */
export interface NameLearner {
  /** Learns what the paper with this number says now, and forgets what it said before. */
  learn(number: number, paper: Paper, before: Paper | undefined): void;
}

export function createNameLearner(database: DatabaseSync): NameLearner {
  const addName = database.prepare('INSERT OR IGNORE INTO names (kind, key, number) VALUES (?, ?, ?)');
  const removeName = database.prepare('DELETE FROM names WHERE kind = ? AND key = ? AND number = ?');
  const count = database.prepare(
    'INSERT INTO acronyms VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET papers = papers + 1',
  );
  const discount = database.prepare(
    'UPDATE acronyms SET papers = papers - 1 WHERE acronym = ? AND meaning = ?',
  );
  return {
    learn(number, paper, before) {
      if (before !== undefined) {
        for (const { kind, key } of namesOf(before)) removeName.run(kind, key, number);
        for (const { acronym, meaning } of acronymsOf(before)) discount.run(acronym, meaning);
      }
      for (const { kind, key } of namesOf(paper)) addName.run(kind, key, number);
      for (const { acronym, meaning } of acronymsOf(paper)) count.run(acronym, meaning);
    },
  };
}

function namesOf({ title }: Paper): readonly { readonly kind: 'name' | 'title'; readonly key: string }[] {
  const { whole, title: key } = nameKeysOf(title);
  return [...whole.map((name) => ({ kind: 'name' as const, key: name })), { kind: 'title', key }];
}

function acronymsOf({ title, abstract }: Paper): readonly Acronym[] {
  const found = [title, abstract].flatMap(readAcronyms);
  return [...new Map(found.map((one) => [`${one.acronym} ${one.meaning}`, one])).values()];
}
