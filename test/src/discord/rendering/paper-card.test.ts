import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildPaperEmbed, buildPaperLine } from '../../../../src/discord/rendering/paper-card.ts';
import { DEFAULT_LOCALE, textsFor } from '../../../../src/discord/texts/texts.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { ListItem } from '../../../../src/sources/hugging-face/schema.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const TEXTS = textsFor(DEFAULT_LOCALE);
const ARCHIVE = '../shared/data/huggingface/archive/daily-items-2024-03_2026-05.jsonl.gz';
const EVIL = '@everyone <@1> ```x``` \u202e\u0000[a](https://x.org) ||s|| ';

function expectWithinLimits(paper: Paper): void {
  for (const full of [false, true]) {
    const embed = buildPaperEmbed(paper, TEXTS, { full, topics: Array.from({ length: 30 }, () => EVIL) });
    expect(embed.title?.length).toBeLessThanOrEqual(256);
    expect(embed.description?.length).toBeLessThanOrEqual(full ? 4096 : 1000);
  }
  const line = buildPaperLine(paper, TEXTS);
  expect(line.length).toBeLessThanOrEqual(280);
  expect(line).not.toContain('\n');
}

describe('papers in Discord', () => {
  const hostile = buildPaper({
    id: '2606.00001',
    title: EVIL.repeat(100),
    abstract: EVIL.repeat(200),
    authors: Array.from({ length: 664 }, () => EVIL),
    code: { url: 'javascript:alert(1)', stars: 3 },
    imageUrl: 'javascript:alert(1)',
  });

  it('keeps a hostile paper within limits and harmless', () => {
    expectWithinLimits(hostile);
    const shown =
      JSON.stringify(buildPaperEmbed(hostile, TEXTS, { full: true })) + buildPaperLine(hostile, TEXTS);
    expect(shown).not.toMatch(/@everyone|<@1>|```|javascript|\u202e/u);
    expect(shown).toContain('and 661 more');
  });

  it('keeps votes and stars on one line with what they count', () => {
    const code = { url: 'https://github.com/a/b', stars: 3 };
    const paper = buildPaper({ id: '2606.00001', upvotes: 7, code });

    for (const text of [buildPaperEmbed(paper, TEXTS).description, buildPaperLine(paper, TEXTS)]) {
      expect(text).toContain('▲\u00a07');
      expect(text).toContain('★\u00a03');
    }
  });

  it('links to the paper and shows the image small, or large when full', () => {
    const paper = buildPaper({ id: '2606.00001', imageUrl: 'https://x.org/a.png' });
    const url = 'https://huggingface.co/papers/2606.00001';
    expect(buildPaperEmbed(paper, TEXTS)).toMatchObject({ url, thumbnail: { url: 'https://x.org/a.png' } });
    expect(buildPaperEmbed(paper, TEXTS, { full: true }).image?.url).toBe('https://x.org/a.png');
    expect(buildPaperLine(paper, TEXTS)).toContain(`](${url})`);
  });

  describe.skipIf(!existsSync(ARCHIVE))('real ones', () => {
    it('stay within limits', { timeout: 60_000 }, () => {
      const lines = gunzipSync(readFileSync(ARCHIVE)).toString().trim().split('\n');
      const read = lines.map((line) => ListItem.safeParse(JSON.parse(line).item));
      const papers = read.flatMap((result) => (result.success ? [result.data] : []));
      expect(papers.length).toBeGreaterThan(8000);
      papers.forEach(expectWithinLimits);
    });
  });
});
