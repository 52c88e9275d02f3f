import { existsSync, globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { assert, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normaliseRepository,
  normaliseText,
  normaliseUrl,
} from '../../../../src/sources/hugging-face/normalise.ts';
import { ListItem } from '../../../../src/sources/hugging-face/schema.ts';

const ARCHIVE = '../shared/data/huggingface/archive';
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

describe('a text', () => {
  it.each([
    ['wrapped\n  lines', 'wrapped lines'],
    ['  ends \t and tabs ', 'ends and tabs'],
    ['a\u200bb\u202ec\ufeffd', 'abc d'],
    ['bell\u0007 and\u0000 null', 'bell and null'],
    ['hidden\u{e0041}\u{e0042} tags', 'hidden tags'],
    ['half \ud83d a pair', 'half \ufffd a pair'],
    ['60\\% of \\$5 \\& more', '60% of $5 & more'],
    ['a \\textbf{bold} claim', 'a bold claim'],
    ['at n=4{,}851 and 3{.}5', 'at n=4,851 and 3.5'],
    ['@everyone <@1> **x** `y`', '@everyone <@1> **x** `y`'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(normaliseText(text, 100)).toBe(expected);
  });

  it('is not cut within a pair', () => {
    expect(normaliseText('ab😀', 3)).toBe('ab');
    expect(normaliseText('   😀', 1)).toBe('');
  });

  it('of millions of characters takes no longer than what is kept of it', () => {
    const huge = '\\textbf{'.repeat(1_000_000);
    const began = performance.now();

    expect(normaliseText(huge, 20_000)).toHaveLength(20_000);

    expect(performance.now() - began).toBeLessThan(100);
  });

  it('is one well-formed line of at most the length, whatever comes in', () => {
    assert(
      property(string({ unit: 'binary' }), nat(50), (text, max) => {
        const result = normaliseText(text, max);
        expect(result.length).toBeLessThanOrEqual(max);
        expect(result.isWellFormed()).toBe(true);
        expect(result).not.toMatch(UNSEEN);
      }),
    );
  });
});

describe('an address', () => {
  it.each([
    [' https://example.org/a ', 'https://example.org/a'],
    ['http://example.org', 'http://example.org/'],
    ['https://example.org/?page=2#top', 'https://example.org/?page=2#top'],
    ['https://example.org/?access_token=abc', 'https://example.org/'],
    ['https://example.org/x?a=1&API_KEY=abc#y', 'https://example.org/x#y'],
    ['https://example.org/#access_token=abc', 'https://example.org/'],
    ['https://user:pass@example.org/', 'https://example.org/'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['example.org', undefined],
    ['https://exa mple.org', undefined],
    [`https://example.org/${'x'.repeat(2000)}`, undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j becomes %j', (text, expected) => {
    expect(normaliseUrl(text)).toBe(expected);
  });
});

describe('a repository', () => {
  it.each([
    ['https://github.com/a/b/', 'https://github.com/a/b'],
    ['https://github.com/a/b.git', 'https://github.com/a/b'],
    ['https://www.github.com/a/b/tree/main/c', 'https://github.com/a/b'],
    ['https://github.com/a', undefined],
    ['https://gitlab.com/a/b', 'https://gitlab.com/a/b'],
    ['https://github.com/a\n/b', undefined],
  ])('%j becomes %j', (text, expected) => {
    expect(normaliseRepository(text)).toBe(expected);
  });
});

describe('an item', () => {
  const item = {
    paper: {
      id: '2605.00001',
      title: '\u200b',
      summary: '',
      authors: [{ name: 'Ada' }, { name: 'Hidden', hidden: true }, { nobody: true }],
      publishedAt: '2026-05-27T00:00:00.000Z',
      upvotes: 'many',
      githubRepo: 7,
      mediaUrls: ['https://cdn.example/a.mp4', 'https://cdn.example/b.png'],
      organization: { name: 'lab', fullname: 'A\nLab 🤗' },
    },
    unknown: true,
  };

  it('is read as far as it can be', () => {
    expect(ListItem.parse(item)).toEqual({
      id: '2605.00001',
      title: '2605.00001',
      abstract: '',
      keywords: [],
      authors: ['Ada'],
      organization: { slug: 'lab', name: 'A Lab 🤗' },
      upvotes: 0,
      comments: 0,
      imageUrl: 'https://cdn.example/b.png',
      publishedOn: '2026-05-27',
    });
  });

  it('takes the image of its page where it has no other', () => {
    const { imageUrl } = ListItem.parse({ paper: { ...item.paper, mediaUrls: ['http://x.example/a.png'] } });

    expect(imageUrl).toBe('https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2605.00001.png');
  });
});

describe.skipIf(!existsSync(ARCHIVE))('every real item', () => {
  const lines = globSync(`${ARCHIVE}/*.jsonl.gz`).flatMap((file) =>
    gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n'),
  );

  it('is read, and its values make sense', () => {
    const papers = lines.map((line) => ListItem.parse(JSON.parse(line).item));
    const odd = papers.filter(
      (paper) =>
        paper.title.length < 3 ||
        paper.title.length > 300 ||
        paper.abstract.length < 100 ||
        paper.authors.length === 0 ||
        !paper.imageUrl.startsWith('https://') ||
        !/^20\d\d-\d\d-\d\d$/.test(paper.publishedOn) ||
        (paper.listDay !== undefined && paper.listDay < paper.publishedOn) ||
        UNSEEN.test(JSON.stringify(paper)),
    );

    expect(papers).toHaveLength(8677);
    expect(odd.map(({ id }) => id)).toEqual([]);
    expect(papers.filter(({ code }) => code !== undefined).length).toBeGreaterThan(1000);
    expect(papers.filter(({ upvotes }) => upvotes > 0).length).toBeGreaterThan(8000);
  });
});
