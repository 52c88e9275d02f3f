import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildItem, HTML, listPath, ORIGIN, scriptHuggingFace, TODAY } from './scripted-hugging-face.ts';

const DATA = '../shared/data/huggingface';
const { answer, createSource, pass } = scriptHuggingFace();

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
    answer(listPath(TODAY), 200, [buildItem('2605.00001'), buildItem('2605.00002')], {
      link: `<${ORIGIN}/api/daily_papers?date=${TODAY}&limit=100&p=1>; rel="next"`,
    });
    answer(`/api/daily_papers?date=${TODAY}&limit=100&p=1`, 200, [
      buildItem('2605.00002'),
      buildItem('2605.00003'),
    ]);

    const { papers } = await createSource().listDay(TODAY);

    expect(papers.map(({ id }) => id)).toEqual(['2605.00001', '2605.00002', '2605.00003']);
  });

  it('ends at an empty page', async () => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001')], { link: '</api/x?p=1>; rel="next"' });
    answer('/api/x?p=1', 200, [], { link: '</api/x?p=2>; rel="next"' });

    expect((await createSource().listDay(TODAY)).papers).toHaveLength(1);
  });

  it.each([
    ['on another host', '<https://elsewhere.example/api?p=1>; rel="next"'],
    ['that is no address', '<http://[bad>; rel="next"'],
    ['without an address', 'rel="next"'],
  ])('with a next page %s is an error, not a short list', async (_name, link) => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001')], { link });

    await expect(createSource().listDay(TODAY)).rejects.toMatchObject({ reason: 'bad-response' });
  });

  it('that does not end is an error', async () => {
    answer(listPath(TODAY), 200, [buildItem('2605.00001')], {
      link: `<${listPath(TODAY)}>; rel="next"`,
    }).persist();

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
    answer(listPath(TODAY), 200, page(0, 999), { link: `<${listPath(TODAY)}&p=1>; rel="next"` });
    answer(`${listPath(TODAY)}&p=1`, 200, page(999, 30), { link: `<${listPath(TODAY)}&p=2>; rel="next"` });

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

    pass(599_999);
    expect(await source.paper('2605.99999')).toBeUndefined();
    answer('/api/papers/2605.99999', 200, buildItem('2605.99999').paper);
    pass(1);

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
