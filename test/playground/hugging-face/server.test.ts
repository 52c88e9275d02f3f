import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HuggingFaceStandIn, startHuggingFace } from '../../../playground/hugging-face/server.ts';

const DAY = '2026-07-01';
let huggingFace: HuggingFaceStandIn;

beforeEach(async () => {
  const paper = (id: string, title: string, upvotes: number) => ({
    paper: { id, title, upvotes },
    submittedBy: { name: 'ada' },
  });
  huggingFace = await startHuggingFace({
    days: new Map([[DAY, [paper('2607.00001', 'State spaces', 1), paper('2607.00002', 'Vast models', 9)]]]),
    now: () => Date.parse(`${DAY}T12:00Z`),
  });
  huggingFace.setSearchable([paper('2501.00001', 'Spaces of old', 3)]);
});
afterEach(() => huggingFace.close());

const get = async (path: string) => {
  const response = await fetch(huggingFace.url + path);
  return { status: response.status, body: JSON.stringify(await response.json()) };
};

describe('the stand-in for Hugging Face', () => {
  it('finds papers of days and others, and does not tell who submitted them', async () => {
    const { status, body } = await get('/api/papers/search?q=spaces');

    expect(status).toBe(200);
    expect(body).toContain('2607.00001');
    expect(body).toContain('2501.00001');
    expect(body).not.toContain('2607.00002');
    expect(body).not.toContain('submittedBy');
  });

  it('lists the papers of a day alone, the most upvoted first, with who submitted them', async () => {
    const { body } = await get(`/api/daily_papers?date=${DAY}`);

    expect(body).toMatch(/2607\.00002.*submittedBy.*2607\.00001/);
    expect(body).not.toContain('2501.00001');
  });

  it('fails on the route that a test names, and answers on others', async () => {
    huggingFace.fail({ status: 403, route: /date=/, times: 1 });

    expect((await get('/api/papers/2607.00001')).status).toBe(200);
    expect((await get(`/api/daily_papers?date=${DAY}`)).status).toBe(403);
    expect((await get(`/api/daily_papers?date=${DAY}`)).status).toBe(200);
  });

  it.each([
    { path: `/api/papers/search?q=${'x'.repeat(251)}`, field: 'q' },
    { path: '/api/papers/search?q=x&limit=121', field: 'limit' },
    { path: '/api/papers/search?q=x&limit=0', field: 'limit' },
    { path: '/api/daily_papers?limit=101', field: 'limit' },
    { path: '/api/daily_papers?date=2026-07-02', field: 'date' },
  ])('refuses a wrong $field', async ({ path, field }) => {
    const { status, body } = await get(path);

    expect(status).toBe(400);
    expect(body).toContain(`at ${field}`);
  });
});
