import type { Paper } from '../../src/papers/paper.ts';
import { GLOSSARY_FILES, type Language, LANGUAGES } from '../../src/topics/languages/glossary.ts';
import { splitWords } from '../../src/topics/query/fold-text.ts';
import type { BenchQuery } from './make-queries.ts';
import { draw, pick, type Random, shuffle } from './seeded-random.ts';

const EACH = 60;
const FEWEST_TERMS = 3;
const MOST_TERMS = 4;

/** Three or four terms of a paper's title and keywords in each language, and in English the same ones. */
export function makeForeignQueries(papers: readonly Paper[], random: Random): readonly BenchQuery[] {
  const english = Object.keys(GLOSSARY_FILES.de.terms).map((term) => ({ term, plain: plainText(term) }));
  return LANGUAGES.flatMap((language) => {
    const queries: BenchQuery[] = [];
    for (const paper of shuffle(papers, random)) {
      const chosen = draw(termsOf(paper, english), MOST_TERMS, random);
      if (chosen.length < FEWEST_TERMS) continue;
      if (queries.length === 2 * EACH) break;
      const right = [paper.id];
      queries.push(
        { kind: 'foreign', text: translate(chosen, language, random), right },
        { kind: 'foreign_english', text: chosen.join(' '), right },
      );
    }
    return queries;
  });
}

/** Chinese and Japanese with spaces and without. */
function translate(english: readonly string[], language: Language, random: Random): string {
  const { terms } = GLOSSARY_FILES[language];
  const isDense = (language === 'zh' || language === 'ja') && random() < 0.5;
  return english.map((term) => pick(terms[term] ?? [], random) ?? term).join(isDense ? '' : ' ');
}

interface EnglishTerm {
  readonly term: string;
  readonly plain: string;
}

/** Those that are no part of another one of the paper. */
function termsOf({ title, keywords }: Paper, english: readonly EnglishTerm[]): readonly string[] {
  const text = [title, ...keywords].map((part) => ` ${plainText(part)} `).join('|');
  const found = english.filter(({ plain }) => text.includes(` ${plain} `) || text.includes(` ${plain}s `));
  return found
    .filter(
      ({ plain }) =>
        !found.some((other) => other.plain !== plain && ` ${other.plain} `.includes(` ${plain} `)),
    )
    .map(({ term }) => term);
}

function plainText(text: string): string {
  return splitWords(text).join(' ');
}
