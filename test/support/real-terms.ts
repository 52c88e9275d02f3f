import fc from 'fast-check';
import type { Paper } from '../../src/papers/paper.ts';
import { splitWords } from '../../src/topics/query/fold-text.ts';
import type { Term } from '../../src/topics/query/query.ts';
import { isBeginning } from './query-arbitrary.ts';

/** Words and runs of words that stand in the papers, so that most queries match something. */
export function buildRealTerms(papers: readonly Paper[]): fc.Arbitrary<Term> {
  const paper = fc.constantFrom(...papers);
  const text = paper.chain((one) =>
    fc.constantFrom(
      one.title,
      one.abstract,
      ...one.authors,
      ...one.keywords,
      one.organization?.name ?? 'x y',
    ),
  );
  const words = text.map(splitWords).filter((all) => all.length > 0);
  const field = fc.option(fc.constantFrom('title', 'abstract', 'keyword', 'author', 'org', 'submitter'), {
    nil: undefined,
  });
  return fc
    .tuple(words, fc.nat(), fc.integer({ min: 1, max: 3 }), fc.constantFrom('word', 'phrase', 'open'), field)
    .map(([all, at, length, kind, name]): Term => {
      const start = at % all.length;
      const run = all.slice(start, start + length);
      const about = name === undefined ? {} : { field: name };
      if (kind === 'word') return { kind: 'word', word: run[0] ?? 'x', ...about };
      if (kind === 'phrase') return { kind: 'phrase', words: run, open: false, ...about };
      const cut = [...run.slice(0, -1), (run.at(-1) ?? 'x').slice(0, 4).toWellFormed()];
      return { kind: 'phrase', words: cut, open: isBeginning(cut.at(-1) ?? ''), ...about };
    });
}
