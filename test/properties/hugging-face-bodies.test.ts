import fc, { assert, asyncProperty, jsonValue, oneof, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import { createHuggingFaceSource } from '../../src/sources/hugging-face-source.ts';
import { systemClock } from '../../src/system-clock.ts';

const rough = oneof(jsonValue(), string(), fc.integer(), fc.constant(undefined));
const paper = fc.record(
  {
    id: oneof(fc.constantFrom('2606.00001', '2606.00002'), rough),
    title: oneof(string({ unit: 'binary' }), rough),
    summary: oneof(string({ unit: 'binary' }), rough),
    authors: oneof(fc.array(oneof(fc.record({ name: string() }), rough), { maxLength: 3 }), rough),
    publishedAt: oneof(fc.constant('2026-06-08T00:00:00.000Z'), rough),
    submittedOnDailyAt: oneof(fc.constant('2026-06-08T00:00:00.000Z'), rough),
    upvotes: rough,
    ai_summary: rough,
    ai_keywords: rough,
    githubRepo: oneof(fc.webUrl(), rough),
    projectPage: oneof(fc.webUrl(), rough),
    organization: rough,
    mediaUrls: rough,
  },
  { requiredKeys: ['id', 'title', 'summary', 'authors', 'publishedAt'] },
);
const items = oneof(
  jsonValue(),
  fc.array(oneof(fc.record({ paper, numComments: rough, thumbnail: rough }), rough), { maxLength: 4 }),
);
const status = fc.constantFrom(200, 200, 200, 204, 301, 400, 401, 404);
const link = fc.option(oneof(string(), fc.constant('<https://elsewhere.example/>; rel="next"')), {
  nil: undefined,
});

describe('whatever Hugging Face answers', () => {
  it('is papers that can be shown, or a SourceError', async () => {
    await assert(
      asyncProperty(status, items, link, oneof(paper, rough), async (code, list, next, single) => {
        let body: unknown = list;
        const source = createHuggingFaceSource({
          endpoint: 'https://huggingface.co',
          http: {
            getJson: async () => ({ status: code, body, link: next }),
            getMarkdown: async () => ({ status: code, body: JSON.stringify(body) }),
          },
          clock: { ...systemClock, now: () => Date.UTC(2026, 5, 8, 12) },
        });
        const listed = await attempt(() => source.listDay('2026-06-08').then(({ papers }) => papers));
        const found = await attempt(() => source.search('words', 5));
        body = single;
        const one = await attempt(() => source.paper('2606.00001').then((read) => (read ? [read] : [])));

        for (const { id, title, upvotes, imageUrl } of [...listed, ...found, ...one]) {
          expect(id).toMatch(/^\d{4}\.\d{4,5}$/);
          expect(title).not.toBe('');
          expect(Number.isSafeInteger(upvotes)).toBe(true);
          expect(imageUrl).toMatch(/^https:/);
        }
      }),
    );
  });
});

async function attempt<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SourceError) return [];
    throw error;
  }
}
