import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { createCitations } from '../../../src/citations/create-citations.ts';
import type { CitedPaper } from '../../../src/papers/citations.ts';
import { parsePaperId } from '../../../src/papers/parse-paper-id.ts';
import { buildPaper } from '../../support/build-paper.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../support/recorded-papers.ts';

const HOSTILE = (
  [
    ['}, } @article{x, title={hi', ['A } B', 'And and And', '#1 % $ _ ~ ^ \\input{x}']],
    ['多模态推理 🙂 — “quotes” ’ é ü', ['王小明', 'Nguyễn Văn An', 'Jürgen Schmidhuber']],
    ['$\\tau$-bench: 100% & more_of {it} <b>x', ['OpenAI']],
    ['ER - \\n TY - BOOK -- “two”, ,, and ``more``', ['TY - X']],
  ] as const
).map(([title, authors], at): CitedPaper => ({
  paper: buildPaper({
    id: `2606.0000${at}`,
    title,
    authors,
    abstract: title,
  }),
  saved: { note: `mine: 50% {of} it\nER  - `, tags: ['to read', 'a_b'] },
}));

describe('files of reference managers', { timeout: 60_000 }, () => {
  const citations = createCitations();
  afterAll(() => citations.close());

  it('tell all of a paper, as BibTeX', async () => {
    const paper = buildPaper({
      id: '1706.03762',
      title: 'Attention Is All You Need',
      authors: ['Ashish Vaswani', 'Ludwig van Beethoven', 'OpenAI'],
      abstract: 'Short & clear.',
      publishedOn: '2017-06-12',
    });

    expect(await citations.write([{ paper, saved: { note: 'Read first', tags: ['nlp'] } }], 'bibtex')).toBe(
      [
        '@misc{vaswani2017attention-1706.03762,',
        '  author = {Vaswani, Ashish and van Beethoven, Ludwig and {OpenAI}},',
        '  title = {{Attention Is All You Need}},',
        '  year = {2017},',
        '  month = jun,',
        '  eprint = {1706.03762},',
        '  archiveprefix = {arXiv},',
        '  doi = {10.48550/arXiv.1706.03762},',
        '  url = {https://arxiv.org/abs/1706.03762},',
        '  abstract = {Short \\& clear.},',
        '  keywords = {nlp},',
        '  note = {Read first}',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('have no space between the parts of CSL-JSON, where a file may not be large', async () => {
    const text = await citations.write(HOSTILE, 'csl-json');

    expect(text).toBe(`${JSON.stringify(JSON.parse(text))}\n`);
  });

  it.each(['bibtex', 'ris'] as const)(
    'come back as %s as they went, whatever papers are called',
    async (format) => {
      const read = await citations.read(await citations.write(HOSTILE, format), format, 10);

      expect(
        read.map(({ names, title, tags, note }) => [names.map(parsePaperId)[0], title, tags, note]),
      ).toEqual(
        HOSTILE.map(({ paper }) => [paper.id, paper.title, ['to read', 'a_b'], 'mine: 50% {of} it ER -']),
      );
    },
  );

  it.each(['', 'hello', '@article{broken, title={', '{"json": true}', '\0\0'])(
    'refuse what is none: %j',
    async (text) => {
      const answer = await citations.read(text, 'bibtex', 10).catch((error: unknown) => error);

      expect(Array.isArray(answer) ? answer : [answer]).not.toContainEqual(
        expect.objectContaining({ title: 'hello' }),
      );
    },
  );

  it.each(['bibtex', 'ris'] as const)('are read as %s no further than is asked for', async (format) => {
    const text = await citations.write(HOSTILE, format);

    expect(await citations.read(text, format, 2)).toHaveLength(2);
  });

  it('of others may have fields of any length, which are cut', async () => {
    const text = `@misc{a, title={${'t'.repeat(60_000)}}, url={${'u'.repeat(60_000)}}}`;

    const [read] = await citations.read(text, 'bibtex', 1);

    expect([read?.title, ...(read?.names ?? [])].map((field) => field?.length)).toEqual([2_000, 2_000]);
  });

  describe.skipIf(!HAS_RECORDED_PAPERS)('of a thousand real papers', () => {
    const papers = HAS_RECORDED_PAPERS ? readRecordedPapers().slice(0, 1_000) : [];
    const cited = papers.map((paper) => ({ paper, saved: { tags: ['all'] } }));

    it.each(['bibtex', 'ris'] as const)('lose none on the way through %s', async (format) => {
      const read = await citations.read(await citations.write(cited, format), format, 1_000);

      expect(read.map(({ names }) => names.map(parsePaperId)[0])).toEqual(papers.map(({ id }) => id));
      expect(read.map(({ title }) => title)).toEqual(papers.map(({ title }) => title));
    });

    it('have a key of their own each', async () => {
      const items: readonly { readonly id: string }[] = JSON.parse(await citations.write(cited, 'csl-json'));

      expect(new Set(items.map(({ id }) => id)).size).toBe(1_000);
    });

    it.skipIf(spawnSync('pandoc', ['--version']).error !== undefined)(
      'are all read by pandoc, as BibTeX (skipped where it is not installed)',
      async () => {
        const text = await citations.write([...cited, ...HOSTILE], 'bibtex');

        const read: unknown = JSON.parse(run('pandoc', ['-f', 'bibtex', '-t', 'csljson'], text));

        expect(read).toHaveLength(1_000 + HOSTILE.length);
      },
    );

    it.skipIf(spawnSync('ris2xml', ['-h']).error !== undefined)(
      'are all read by bibutils, as RIS (skipped where it is not installed)',
      async () => {
        const xml = run('ris2xml', [], await citations.write([...cited, ...HOSTILE], 'ris'));

        expect(xml.match(/<mods /g)).toHaveLength(1_000 + HOSTILE.length);
      },
    );
  });
});

function run(program: string, options: readonly string[], input: string): string {
  return execFileSync(program, options, {
    input,
    maxBuffer: 1e9,
    stdio: ['pipe', 'pipe', 'ignore'],
  }).toString();
}
