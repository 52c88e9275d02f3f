import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { GLOSSARY_FILES, LANGUAGES } from '../../../../../src/topics/languages/glossary.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { printQuery } from '../../../../../src/topics/query/query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader, type TestReader } from '../../../../support/open-archive.ts';

describe('a search in another language', () => {
  let reader: TestReader;

  /** A paper for each term, which is called so and about nothing else. */
  beforeAll(() => {
    const terms = Object.keys(GLOSSARY_FILES.de.terms);
    reader = openTestReader([
      ...terms.map((title, at) => buildPaper({ id: `2606.${String(10_000 + at)}`, title })),
      buildPaper({ id: '2606.20001', title: 'Der Begriff Bewegung' }),
      buildPaper({ id: '2606.20002', title: 'Imagen: Pictures out of Words' }),
    ]);
  });

  afterAll(() => reader.close());

  const search = (text: string) => reader.search({ query: parseQuery(text), sort: 'relevance' });
  const first = (text: string): readonly string[] => {
    const { strict, close } = search(text);
    return [...strict, ...close].slice(0, 10);
  };

  test.each(LANGUAGES)('finds for each term in %s what the English one finds', (language) => {
    const asked = new Set<string>();
    const missed: string[] = [];
    for (const [english, [foreign = '']] of Object.entries(GLOSSARY_FILES[language].terms)) {
      // What is said of two things, such as "predicción", finds the first of them.
      const isNew = !asked.has(foreign);
      asked.add(foreign);
      if (isNew && !first(foreign).includes(first(english)[0] ?? '')) missed.push(foreign);
    }

    expect(missed).toEqual([]);
  });

  it('says how it was understood, and strictly finds only what is written so', () => {
    const { strict, close, understood } = search('Bewegung');

    expect(strict).toEqual(['2606.20001']);
    expect(understood && printQuery(understood)).toBe('motion');
    expect(close).toContain(first('motion')[0]);
  });

  it('reads it also where all its words are English ones, which papers have by chance', async () => {
    const titles = [
      'On generation',
      'Many videos',
      'A note by de Vries',
      'The generation of videos by de Vries',
    ];
    const byChance = openTestReader(
      Array.from({ length: 120 }, (_, at) =>
        buildPaper({ id: `2606.${String(30_000 + at)}`, title: titles[at % titles.length] ?? '' }),
      ).concat(buildPaper({ id: '2606.40001', title: 'Synthesis of clips', keywords: ['video generation'] })),
    );

    const { close, understood } = byChance.search({
      query: parseQuery('génération de vidéos'),
      sort: 'relevance',
    });
    await byChance.close();

    expect(understood && printQuery(understood)).toBe('video generation');
    expect(close).toContain('2606.40001');
  });

  it('never translates what a paper is called', () => {
    const { strict, understood } = search('imagen');

    expect(strict).toEqual(['2606.20002']);
    expect(understood).toBeUndefined();
  });

  it('puts a misspelt English word right rather than translating it', () => {
    const { correction, understood } = search('difusion');

    expect(understood).toBeUndefined();
    expect(correction && printQuery(correction.query)).toBe('diffusion');
  });
});
