import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../../src/topics/paper-search.ts';
import { parseQuery } from '../../../src/topics/query/parse-query.ts';
import { runSearch } from '../../../src/topics/run-search.ts';
import type { SourceAnswer } from '../../../src/topics/source-search.ts';
import { buildPaper } from '../../support/build-paper.ts';

const FOUND: SearchResult = { strict: ['s1'], close: ['a1', 'a2', 'a3'] };

/** What is found where the archive and the source answer so; papers whose id begins with `hf` were never listed. */
async function run(query: string, found: SearchResult, answer: SourceAnswer) {
  const asked: string[] = [];
  const parts = {
    search: {
      search: async () => found,
      explain: async (_query: unknown, id: string) => ({ matches: !id.endsWith('x'), parts: [] }),
    },
    archive: {
      paper: (id: string) => ({
        ...buildPaper({ id, ...(id.startsWith('hf') ? {} : { listDay: '2026-06-05' }) }),
        firstSeenAt: 0,
      }),
    },
    sourceSearch: {
      async find(words: string) {
        asked.push(words);
        return answer;
      },
    },
  };
  const result = await runSearch({ query: parseQuery(query), sort: 'relevance' }, parts, { userId: 'ada' });
  return { ...result, fromSource: [...result.fromSource], asked };
}

describe('a search', () => {
  it('takes the related papers of the archive and of the source in turn, each once', async () => {
    const { strict, related, fromSource } = await run('mamba', FOUND, ['hf1', 'a2', 's1', 'hf2', 'hf3']);

    expect(strict).toEqual(['s1']);
    expect(related).toEqual(['a1', 'hf1', 'a2', 'a3', 'hf2', 'hf3']);
    expect(fromSource).toEqual(['hf1', 'hf2', 'hf3']);
  });

  it('has the same order once the archive knows what the source gave', async () => {
    const answer = ['hf1', 'a2', 'hf2'];
    const before = await run('mamba', FOUND, answer);

    const after = await run('mamba', { strict: ['s1', 'hf1'], close: ['a1', 'hf2', 'a2', 'a3'] }, answer);

    expect([after.strict, after.related]).toEqual([before.strict, before.related]);
    expect(after.fromSource).toEqual(before.fromSource);
  });

  it.each(['failed', 'too-many'] as const)('is what the archive has where asking %s', async (answer) => {
    const { strict, related, sourceTrouble } = await run('mamba', FOUND, answer);

    expect([strict, related]).toEqual([FOUND.strict, FOUND.close]);
    expect(sourceTrouble).toBe(answer);
  });

  it('asks the source in English, and only for plain words with few matches', async () => {
    const understood = parseQuery('diffusion model');
    const foreign = await run('扩散模型', { strict: [], close: ['a1'], understood }, []);
    const many = await run('mamba', { strict: ['1', '2', '3', '4', '5'], close: [] }, ['hf1']);
    const field = await run('title:mamba', FOUND, ['hf1']);

    expect(foreign.asked).toEqual(['diffusion model']);
    expect([many.asked, field.asked]).toEqual([[], []]);
    expect(many.related).toEqual([]);
  });

  it('keeps what the source gives to the conditions of the query', async () => {
    const { related } = await run('mamba upvotes>=9', FOUND, ['hf1x', 'hf2']);

    expect(related).toEqual(['a1', 'hf2', 'a2', 'a3']);
  });
});
