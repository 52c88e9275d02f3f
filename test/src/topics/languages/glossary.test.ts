import { expect, test } from 'vitest';
import { dropLittleWords } from '../../../../src/topics/languages/glossary.ts';

test.each([
  ['RAG für PDFs', 'RAG  PDFs'],
  ['RAG fu\u0308r PDFs', 'RAG  PDFs'],
  ['LLM où est la limite', 'LLM  est la limite'],
  ['"für Elise" music', '"für Elise" music'],
  ['fur rendering', 'fur rendering'],
  ['FÜR', 'FÜR'],
  ['Müller 强化学习', 'Müller 强化学习'],
])('of %s there remains %s', (typed, left) => {
  expect(dropLittleWords(typed)).toBe(left);
});
