import { describe, expect, it } from 'vitest';
import { buildItem, HTML, listPath, scriptHuggingFace, TODAY } from './scripted-hugging-face.ts';

const { answer, createSource, now, pass } = scriptHuggingFace();

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
    pass(60_000);
    answer('/api/papers/2605.00001', 200, buildItem('2605.00001').paper);
    expect(await source.paper('2605.00001')).toMatchObject({ id: '2605.00001' });
  });

  it('has no room for more than 45 searches in five minutes', async () => {
    answer(/search/, 200, []).times(46);
    const source = createSource();
    const search = (at: number) => source.search(`words ${at}`, 5).catch(() => 'busy');

    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => search(at)));

    expect(answers.filter((one) => one !== 'busy')).toHaveLength(45);
    pass(300_000);
    expect(await search(60)).toEqual([]);
  });

  it('leaves what Hugging Face says is left to collecting', async () => {
    const limit = { ratelimit: '"api";r=100;t=200', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    answer(listPath(TODAY), 200, [], limit).times(2);
    answer('/api/papers/2605.00001', 200, buildItem('2605.00001').paper);
    const source = createSource();
    await source.listDay(TODAY);

    await expect(source.paper('2605.00001')).rejects.toMatchObject({ reason: 'busy' });
    expect((await source.listDay(TODAY)).papers).toEqual([]);
    pass(200_000);

    expect(await source.paper('2605.00001')).toMatchObject({ id: '2605.00001' });
  });

  it('leaves half of what Hugging Face allows to others before older days are asked for', async () => {
    const limit = { ratelimit: '"api";r=250;t=200', 'ratelimit-policy': '"fixed window";"api";q=500;w=300' };
    answer(listPath(TODAY), 200, [], limit);
    answer(listPath('2026-01-05'), 200, []);
    const source = createSource();
    await source.listDay(TODAY);
    const before = now();

    await source.listOlderDay('2026-01-05');

    expect(now()).toBe(before + 200_000);
  });

  it('is closed to all by a 429: people are told at once, collecting waits', async () => {
    answer('/api/papers/2605.00001', 429, HTML, { 'Retry-After': '120' });
    answer(listPath(TODAY), 200, []);
    const source = createSource();
    const before = now();

    await expect(source.paper('2605.00001')).rejects.toMatchObject({ reason: 'rate-limited' });
    await expect(source.paper('2605.00002')).rejects.toMatchObject({ reason: 'busy' });
    expect(now()).toBe(before);
    await source.listDay(TODAY);

    expect(now()).toBe(before + 120_000);
  });
});
