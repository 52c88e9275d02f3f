import { afterAll, describe, expect, it } from 'vitest';
import { createCharts } from '../../../src/charts/create-charts.ts';
import { drawableName } from '../../../src/charts/drawable-name.ts';
import type { Chart } from '../../../src/topics/chart.ts';

const LINE = { name: 'Agents', note: '18%, was 12%', values: [0.12, null, 0.18] };
const CHART: Chart = { title: 'Share of all papers', lines: [LINE], labels: ['1 Jun', '8 Jun', '15 Jun'] };

describe('a chart', { timeout: 60_000 }, () => {
  const warnings: unknown[] = [];
  const charts = createCharts({ ...console, warn: (fields) => warnings.push(fields) });
  afterAll(() => charts.close());

  const draw = async (chart: Partial<Chart>) => {
    const png = await charts.draw({ ...CHART, ...chart });
    if (png === undefined) throw new Error(JSON.stringify(warnings));
    return png;
  };
  const named = (...names: readonly string[]) => draw({ lines: names.map((name) => ({ ...LINE, name })) });
  const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

  it('is a PNG that a phone can show, higher with each line', async () => {
    const one = await draw({});
    const five = await named('a', 'b', 'c', 'd', 'e');

    expect(one.subarray(1, 4).toString()).toBe('PNG');
    expect(sizeOf(one).width).toBe(1_000);
    expect(sizeOf(five).height).toBeGreaterThan(sizeOf(one).height);
    expect(five.length).toBeLessThan(200_000);
  });

  it('has its texts, without any font of the machine', async () => {
    expect((await draw({})).equals(await draw({ title: 'Something else' }))).toBe(false);
    expect((await named('Agents')).equals(await named('Обучение'))).toBe(false);
    expect((await draw({})).equals(await draw({ labels: ['2 Jun', '9 Jun', '16 Jun'] }))).toBe(false);
  });

  it.each([
    ['markup', '</text><script>alert(1)</script>&amp;&'],
    ['what no XML may hold', 'a\u0000b\u0008c\ud800d'],
    ['a name of another direction', 'שלום \u202e עולם'],
    ['signs that are no letters', '🎉🎉🎉'],
    ['a very long name', 'W'.repeat(3_000)],
    ['Vega’s own language', '"]; signal("x") + datum.line'],
  ])('is drawn whatever a topic is called: %s', async (_, name) => {
    expect(sizeOf(await named(name, 'Agents'))).toEqual(sizeOf(await named('one', 'two')));
  });

  it('keeps a name that is too wide out of the note', async () => {
    const wide = await named('W'.repeat(80));

    expect(wide.equals(await named('W'.repeat(90)))).toBe(true);
  });

  it('is drawn of nothing but gaps, and of one point', async () => {
    expect(sizeOf(await draw({ lines: [{ ...LINE, values: [null, null, null] }] })).width).toBe(1_000);
    expect(sizeOf(await draw({ lines: [{ ...LINE, values: [0] }], labels: ['1 Jun'] })).width).toBe(1_000);
  });
});

describe('what a picture calls a topic', () => {
  it.each([
    ['Agents & tools', 'Agents & tools'],
    ['Größe, café', 'Größe, café'],
    ['Обучение', 'Обучение'],
    ['agents 🎉 now', 'agents now'],
    ['日本語', undefined],
    ['шалом שלום', 'шалом'],
    ['🎉', undefined],
  ])('%s as %s', (name, shown) => {
    expect(drawableName(name)).toBe(shown);
  });
});
