import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Questions } from '../schema.ts';
import type { BenchQuery } from './make-queries.ts';

const FOLDER = import.meta.dirname;

/**
 * The questions of a file; else the project's own in two halves, of which the search is tuned on one and nobody looks
 * at the other while tuning.
 */
export function readQuestions(file?: string): readonly BenchQuery[] {
  if (file !== undefined) return readFile('questions', file);
  return [
    ...readFile('questions', path.join(FOLDER, 'questions-blind.json')),
    ...readFile('questions_tuning', path.join(FOLDER, 'questions-tuning.json')),
  ];
}

function readFile(kind: BenchQuery['kind'], file: string): readonly BenchQuery[] {
  return Questions.parse(readFileSync(file, 'utf8')).map(([id, text]) => ({ kind, text, right: [id] }));
}
