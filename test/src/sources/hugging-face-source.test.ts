import { existsSync, readFileSync } from 'node:fs';
import { MockAgent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/calendar/clock.ts';
import { createHttpClient } from '../../../src/sources/http-client.ts';
import { createHuggingFaceSource } from '../../../src/sources/hugging-face-source.ts';

const ORIGIN = 'https://huggingface.example';
const DATA = '../shared/data/huggingface';
const TODAY = '2026-05-29';

let agent: MockAgent;
let now: number;
const clock: Clock = {
  now: () => now,
  monotonic: () => now,
  sleep: async (ms) => {
    now += ms;
  },
};

beforeEach(() => {
  agent = new MockAgent();
  agent.disableNetConnect();
  now = Date.parse(`${TODAY}T12:00Z`);
});
afterEach(() => agent.close());

function createSource(endpoint = ORIGIN) {
  const http = createHttpClient({ source: 'HF', version: '1', clock, random: () => 0, dispatcher: agent });
  return createHuggingFaceSource({ endpoint, http, clock });
}

function answer(path: string | RegExp, status: number, body: unknown, link?: string) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = link === undefined ? {} : { link };
  return agent.get(ORIGIN).intercept({ path }).reply(status, text, { headers });
}

function buildItem(id: string, about: object = {}) {
  return {
    paper: {
      id,
      title: `Paper ${id}`,
      summary: 'What was done.',
      authors: [{ _id: '1', name: 'Ada Lovelace', hidden: false }],
      publishedAt: '2026-05-27T00:00:00.000Z',
      submittedOnDailyAt: `${TODAY}T00:00:00.000Z`,
      upvotes: 3,
      ...about,
    },
    numComments: 1,
  };
}

const listPath = (day: string) => `/api/daily_papers?date=${day}&limit=100`;

describe('the list of a day', () => {
  it('is empty on a weekend', async () => {
    answer(listPath('2026-05-30'), 200, []);

    expect(await createSource().listDay('2026-05-30')).toEqual({ papers: [], dropped: 0 });
  });

  it('is empty while the day is not open yet', async () => {
    answer(listPath(TODAY), 400, { error: 'date is too new' });

    expect(await createSource().listDay(TODAY)).toEqual({ papers: [], dropped: 0 });
  });

  it('that is refused for an older day is an error', async () => {
    answer(listPath('2026-05-28'), 400, { error: 'no' });

    await expect(createSource().listDay('2026-05-28')).rejects.toMatchObject({ reason: 'refused' });
  });

  it('goes on to the next pages, and has each paper once', async () => {
    answer(
      listPath(TODAY),
      200,
      [buildItem('2605.00001'), buildItem('2605.00002')],
      `<${ORIGIN}/api/daily_papers?date=${TODAY}&limit=100&p=1>; rel="next"`,
    );
    answer(`/api/daily_papers?date=${TODAY}&limit=100&p=1`, 200, [
      buildItem('2605.00002'),
      buildItem('2605.00003'),
    ]);

    const { papers } = await createSource().listDay(TODAY);

    expect(papers.map(({ id }) => id)).toEqual(['2605.00001', '2605.00002', '2605.00003']);
  });

  it('ends at an empty page', async () => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001')], '</api/x?p=1>; rel="next"');
    answer('/api/x?p=1', 200, [], '</api/x?p=2>; rel="next"');

    expect((await createSource().listDay(TODAY)).papers).toHaveLength(1);
  });

  it.each([
    ['on another host', '<https://elsewhere.example/api?p=1>; rel="next"'],
    ['that is no address', '<http://[bad>; rel="next"'],
    ['without an address', 'rel="next"'],
  ])('with a next page %s is an error, not a short list', async (_name, link) => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001')], link);

    await expect(createSource().listDay(TODAY)).rejects.toMatchObject({ reason: 'bad-response' });
  });

  it('that does not end is an error', async () => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001')], `<${listPath(TODAY)}>; rel="next"`).persist();

    await expect(createSource().listDay(TODAY)).rejects.toMatchObject({ reason: 'bad-response' });
  });

  it('leaves out an item that cannot be read, and counts it', async () => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001'), buildItem('no id'), null]);

    const { papers, dropped } = await createSource().listDay(TODAY);

    expect(papers.map(({ id }) => id)).toEqual(['2605.00001']);
    expect(dropped).toBe(2);
  });

  it('is read up to 1,000 items, and those after them are counted', async () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => buildItem(`2605.${10_000 + from + at}`));
    answer(listPath(TODAY), 200, page(0, 999), `<${listPath(TODAY)}&p=1>; rel="next"`);
    answer(`${listPath(TODAY)}&p=1`, 200, page(999, 30), `<${listPath(TODAY)}&p=2>; rel="next"`);

    const { papers, dropped } = await createSource().listDay(TODAY);

    expect(papers).toHaveLength(1000);
    expect(dropped).toBe(29);
  });

  it.each([
    ['an object', { results: [] }],
    ['items that are all of another form', [{ id: '2605.00001' }]],
  ])('of another form (%s) is an error', async (_name, body) => {
    answer(listPath(TODAY), 200, body);

    await expect(createSource().listDay(TODAY)).rejects.toMatchObject({ reason: 'bad-response' });
  });

  it('takes the day that was asked for where the item has none', async () => {
    answer(listPath('2024-03-12'), 200, [buildItem('2403.00001', { submittedOnDailyAt: undefined })]);

    expect((await createSource().listDay('2024-03-12')).papers[0]?.listDay).toBe('2024-03-12');
  });

  describe('with papers of other days', () => {
    const daysOf = async (asked: string, days: readonly (string | undefined)[]) => {
      const items = days.map((day, at) =>
        buildItem(`2605.0000${at}`, { submittedOnDailyAt: day && `${day}T00:00:00.000Z` }),
      );
      answer(listPath(asked), 200, items);
      const { papers } = await createSource().listDay(asked);
      return papers.map(({ listDay }) => listDay);
    };

    it('takes the day of the list for those that it names again', async () => {
      expect(await daysOf(TODAY, ['2026-05-20', TODAY, undefined])).toEqual([TODAY, TODAY, TODAY]);
    });

    it('leaves each its own day where the list of another day comes out of a cache', async () => {
      expect(await daysOf(TODAY, ['2026-05-28', '2026-05-28'])).toEqual(['2026-05-28', '2026-05-28']);
    });

    it('leaves a later day to those that were moved, or come with the next list', async () => {
      expect(await daysOf('2026-05-24', ['2026-05-25', '2026-05-24', TODAY])).toEqual([
        '2026-05-25',
        '2026-05-24',
        TODAY,
      ]);
      expect(await daysOf(TODAY, [TODAY, '2026-05-30'])).toEqual([TODAY, '2026-05-30']);
    });

    it('believes in no day that is further ahead than the next', async () => {
      expect(await daysOf(TODAY, ['2099-01-01', TODAY, '2026-05-31'])).toEqual([TODAY, TODAY, TODAY]);
      expect(await daysOf('2026-05-20', ['2026-05-30'])).toEqual(['2026-05-20']);
    });
  });

  it('keeps the path of the endpoint', async () => {
    answer(`/mirror/hf${listPath(TODAY)}`, 200, []);

    expect((await createSource(`${ORIGIN}/mirror/hf`).listDay(TODAY)).papers).toEqual([]);
  });
});

/** What proxies, firewalls and captive portals answer with. */
const HTML = '<!doctype html><title>Sign in</title>';

describe('an answer that is not of Hugging Face', () => {
  it.each([
    [200, HTML, 'bad-response'],
    [204, '', 'refused'],
    [302, HTML, 'refused'],
    [400, HTML, 'refused'],
    [400, '{"message":"no"}', 'refused'],
    [403, HTML, 'refused'],
    [404, HTML, 'refused'],
    [404, '[]', 'refused'],
    [413, HTML, 'refused'],
    [502, HTML, 'server-error'],
  ])(
    '(%d %j) is no empty day, no unknown paper and no search without results',
    async (status, body, reason) => {
      for (const path of [listPath(TODAY), '/api/papers/2605.00001', '/api/papers/search?q=x&limit=5'])
        answer(path, status, body).times(4);
      const source = createSource();

      await expect(source.listDay(TODAY)).rejects.toMatchObject({ reason });
      await expect(source.paper('2605.00001')).rejects.toMatchObject({ reason });
      await expect(source.search('x', 5)).rejects.toMatchObject({ reason });
    },
  );
});

describe('one paper', () => {
  it('that is not known is undefined', async () => {
    answer('/api/papers/2605.99999', 404, { error: 'Paper not found.' });

    expect(await createSource().paper('2605.99999')).toBeUndefined();
  });

  it('that is not known is asked for again ten minutes later', async () => {
    answer('/api/papers/2605.99999', 404, { error: 'Paper not found.' });
    const source = createSource();
    await source.paper('2605.99999');

    now += 599_999;
    expect(await source.paper('2605.99999')).toBeUndefined();
    answer('/api/papers/2605.99999', 200, buildItem('2605.99999').paper);
    now += 1;

    expect(await source.paper('2605.99999')).toMatchObject({ id: '2605.99999' });
  });

  it('of another form is an error', async () => {
    answer('/api/papers/2605.00001', 200, []);

    await expect(createSource().paper('2605.00001')).rejects.toMatchObject({ reason: 'bad-response' });
  });

  it('has the models, datasets and Spaces that name it, with the first three by name', async () => {
    const linked = (...ids: readonly unknown[]) => ids.map((id) => ({ id, likes: 3 }));
    const about = {
      linkedModels: linked('lerobot/pi0_old', 'a/b', 'c/d', 'e/f'),
      numTotalModels: 111,
      linkedDatasets: linked('javascript:alert(1)', 7, 'x/y/z', 'ok/data'),
      linkedSpaces: 'none',
      numTotalSpaces: -4,
    };
    answer('/api/papers/2605.00001', 200, buildItem('2605.00001', about).paper);

    expect((await createSource().paper('2605.00001'))?.links).toEqual({
      models: { count: 111, names: ['lerobot/pi0_old', 'a/b', 'c/d'] },
      datasets: { count: 1, names: ['ok/data'] },
      spaces: { count: 0, names: [] },
    });
  });

  it.skipIf(!existsSync(DATA))('is read as Hugging Face sends it, with its links', async () => {
    const recorded: unknown = JSON.parse(readFileSync(`${DATA}/paper/2608.09888.json`, 'utf8'));
    answer('/api/papers/2608.09888', 200, recorded);

    const paper = await createSource().paper('2608.09888');

    expect(paper?.links?.datasets).toEqual({ count: 1, names: ['WhySoCodius/in-context-grid-reasoning'] });
    expect(paper?.links?.models.count).toBe(0);
  });

  it('that was never listed has no list day', async () => {
    answer('/api/papers/2605.00001', 200, buildItem('2605.00001', { submittedOnDailyAt: undefined }).paper);

    expect(await createSource().paper('2605.00001')).not.toHaveProperty('listDay');
  });
});

describe('the outline of a paper', () => {
  it('has the headings of its full text, and is asked for once', async () => {
    answer('/papers/2605.00001.md', 200, '# A Title\n## Introduction\nWords.\n### Why\n');
    const source = createSource();

    const outline = [
      { depth: 0, text: 'Introduction' },
      { depth: 1, text: 'Why' },
    ];
    expect(await source.outline('2605.00001')).toEqual(outline);
    expect(await source.outline('2605.00001')).toEqual(outline);
  });

  it('is empty where there is no full text, and an error where there is no answer', async () => {
    answer('/papers/2605.00001.md', 404, 'Not found');
    answer('/papers/2605.00002.md', 403, HTML);

    expect(await createSource().outline('2605.00001')).toEqual([]);
    await expect(createSource().outline('2605.00002')).rejects.toMatchObject({ reason: 'refused' });
  });
});

describe('what is trending', () => {
  it('comes in the order of Hugging Face', async () => {
    const items = [buildItem('2401.00001', { submittedOnDailyAt: undefined }), buildItem('2605.00001')];
    answer('/api/daily_papers?sort=trending&limit=50', 200, items);

    expect((await createSource().trending()).map(({ id }) => id)).toEqual(['2401.00001', '2605.00001']);
  });
});

describe('the budget of requests', () => {
  it('has room for 25 revisits in five minutes, which leave all look-ups to people', async () => {
    answer(/^\/api\/papers\//, 404, { error: 'Paper not found.' }).times(26);
    const source = createSource();
    const revisit = (at: number) => source.revisit(`2605.${20_000 + at}`).catch((error: unknown) => error);

    const answers = await Promise.all(Array.from({ length: 26 }, (_, at) => revisit(at)));

    expect(answers.filter((one) => one === undefined)).toHaveLength(25);
    expect(answers.at(-1)).toMatchObject({ reason: 'busy' });
    expect(await source.paper('2605.30000')).toBeUndefined();
  });

  it('has no room for more than twenty look-ups in a minute, and always some for collecting', async () => {
    answer(/^\/api\/papers\//, 404, { error: 'Paper not found.' }).times(20);
    answer(listPath(TODAY), 200, []);
    const source = createSource();
    const lookUp = (at: number) => source.paper(`2605.${10_000 + at}`).catch((error: unknown) => error);

    const answers = await Promise.all(Array.from({ length: 150 }, (_, at) => lookUp(at)));

    expect(answers.filter((one) => one === undefined)).toHaveLength(20);
    expect(answers.at(-1)).toMatchObject({ name: 'SourceError', reason: 'busy' });
    expect((await source.listDay(TODAY)).papers).toEqual([]);
    now += 60_000;
    answer('/api/papers/2605.00001', 200, buildItem('2605.00001').paper);
    expect(await source.paper('2605.00001')).toMatchObject({ id: '2605.00001' });
  });

  it('has no room for more than 45 searches in five minutes', async () => {
    answer(/search/, 200, []).times(46);
    const source = createSource();
    const search = (at: number) => source.search(`words ${at}`, 5).catch(() => 'busy');

    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => search(at)));

    expect(answers.filter((one) => one !== 'busy')).toHaveLength(45);
    now += 300_000;
    expect(await search(60)).toEqual([]);
  });

  it('leaves what Hugging Face says is left to collecting', async () => {
    const limit = { ratelimit: '"api";r=100;t=200', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    agent
      .get(ORIGIN)
      .intercept({ path: listPath(TODAY) })
      .reply(200, '[]', { headers: limit })
      .times(2);
    answer('/api/papers/2605.00001', 200, buildItem('2605.00001').paper);
    const source = createSource();
    await source.listDay(TODAY);

    await expect(source.paper('2605.00001')).rejects.toMatchObject({ reason: 'busy' });
    expect((await source.listDay(TODAY)).papers).toEqual([]);
    now += 200_000;

    expect(await source.paper('2605.00001')).toMatchObject({ id: '2605.00001' });
  });

  it('leaves half of what Hugging Face allows to others before older days are asked for', async () => {
    const limit = { ratelimit: '"api";r=250;t=200', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    agent
      .get(ORIGIN)
      .intercept({ path: listPath(TODAY) })
      .reply(200, '[]', { headers: limit });
    answer(listPath('2026-01-05'), 200, []);
    const source = createSource();
    await source.listDay(TODAY);
    const before = now;

    await source.listOlderDay('2026-01-05');

    expect(now).toBe(before + 200_000);
  });

  it('is closed to all by a 429: people are told at once, collecting waits', async () => {
    const headers = { 'Retry-After': '120' };
    agent.get(ORIGIN).intercept({ path: '/api/papers/2605.00001' }).reply(429, HTML, { headers });
    answer(listPath(TODAY), 200, []);
    const source = createSource();
    const before = now;

    await expect(source.paper('2605.00001')).rejects.toMatchObject({ reason: 'rate-limited' });
    await expect(source.paper('2605.00002')).rejects.toMatchObject({ reason: 'busy' });
    expect(now).toBe(before);
    await source.listDay(TODAY);

    expect(now).toBe(before + 120_000);
  });
});

it('sends what people search for, cut to what is accepted', async () => {
  const query = new URLSearchParams({ q: `a&b ${'x'.repeat(246)}`, limit: '5' }).toString();
  answer(`/api/papers/search?${query}`, 200, [buildItem('2605.00001')]);

  expect(await createSource().search(`a&b ${'x'.repeat(300)}`, 5)).toHaveLength(1);
});

describe.skipIf(!existsSync(DATA))('real answers', () => {
  it.each(['2024-03-12', '2025-03-10', '2026-02-03', '2026-05-29'])('list of %s', async (day) => {
    const text = readFileSync(`${DATA}/daily/${day}.json`, 'utf8');
    answer(listPath(day), 200, text);

    const { papers, dropped } = await createSource().listDay(day);

    expect(dropped).toBe(0);
    expect(papers.length).toBeGreaterThan(5);
    expect(papers).toHaveLength(text.match(/"paper":\s*\{/g)?.length ?? 0);
    expect(new Set(papers.map(({ listDay }) => listDay))).toEqual(new Set([day]));
  });

  it('one paper', async () => {
    answer('/api/papers/2608.09888', 200, readFileSync(`${DATA}/paper/2608.09888.json`, 'utf8'));

    const paper = await createSource().paper('2608.09888');

    expect(paper?.id).toBe('2608.09888');
    expect(paper?.abstract.length).toBeGreaterThan(100);
  });

  it('search', async () => {
    const text = readFileSync(`${DATA}/search/search-llama-3-herd-2025-05.json`, 'utf8');
    answer('/api/papers/search?q=llama&limit=20', 200, text);

    const papers = await createSource().search('llama', 20);

    expect(papers.map(({ title }) => title)).toContain('The Llama 3 Herd of Models');
  });
});
