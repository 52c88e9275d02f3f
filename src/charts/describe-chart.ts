import type { Mark, Spec } from 'vega';
import type { Chart } from '../topics/chart.ts';
import { drawableName } from './drawable-name.ts';

export const FONT = 'PT Sans';
/** Read at a third of its size on a phone. */
const WIDTH = 1_000;
const MARGIN = 40;
const TEXT_SIZE = 30;
const ROW = 48;
const NAME_WIDTH = 590;
const GAP = 10;
/** Left of the plot, for the labels of its axis. */
const AXIS_WIDTH = 90;
const PLOT_WIDTH = WIDTH - 2 * MARGIN - AXIS_WIDTH;
const PLOT_HEIGHT = 400;
const BELOW = 70;
const TICKS = 5;
/** A scale that shows less would make much of a single paper. */
const LEAST = 0.004;

/** A ground of its own, darker than either of Discord's, so that the picture is the same on both. */
const GROUND = '#1e1f22';
const INK = '#f2f3f5';
const QUIET = '#b5bac1';
const RULE = '#43454c';
/** Told apart by those who see few colours too: each line has a shape of its own as well. */
const COLOURS = ['#6aa7ff', '#ffb454', '#4fd6a5', '#ff7aa8', '#c9a4ff'];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down'];

/** The picture in Vega's terms. https://vega.github.io/vega/docs/specification/ */
export function describeChart({ title, lines, labels }: Chart): Spec {
  const numbers = lines.map((_, at) => at);
  const top = 2 * MARGIN + TEXT_SIZE + ROW * lines.length + GAP;
  const largest = Math.max(LEAST, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const points = lines.flatMap(({ values }, line) =>
    values.map((share, at) => ({ line, at, share, isKnown: share !== null })),
  );
  return {
    width: WIDTH,
    height: top + PLOT_HEIGHT + BELOW,
    autosize: 'none',
    background: GROUND,
    config: {
      text: { font: FONT, fontSize: TEXT_SIZE },
      axis: { labelFont: FONT, labelFontSize: TEXT_SIZE },
    },
    data: [{ name: 'points', values: points }],
    scales: [
      {
        name: 'x',
        type: 'linear',
        domain: [0, Math.max(1, labels.length - 1)],
        range: [0, PLOT_WIDTH],
        nice: false,
        zero: false,
      },
      { name: 'y', type: 'linear', domain: [0, largest], range: [PLOT_HEIGHT, 0], nice: TICKS, zero: true },
      { name: 'colour', type: 'ordinal', domain: numbers, range: COLOURS },
      { name: 'shape', type: 'ordinal', domain: numbers, range: SHAPES },
    ],
    marks: [
      text({ text: title, x: MARGIN, y: MARGIN + TEXT_SIZE / 2, fill: INK, fontWeight: 'bold' }),
      ...lines.flatMap(({ name, note }, line) =>
        describeRow({ name: drawableName(name) ?? `#${line + 1}`, note, line }),
      ),
      describePlot(labels, top),
    ],
  };
}

function text({ x, y, ...look }: Readonly<Record<string, string | number>> & { x: number; y: number }): Mark {
  const values = Object.entries(look).map(([name, value]) => [name, { value }] as const);
  return {
    type: 'text',
    encode: {
      enter: {
        x: { value: x },
        y: { value: y },
        baseline: { value: 'middle' },
        ...Object.fromEntries(values),
      },
    },
  };
}

/** What a line is called, with its mark. A name that is too wide ends at the note. */
function describeRow(row: { readonly name: string; readonly note: string; readonly line: number }): Mark[] {
  const { name, note, line } = row;
  const y = 2 * MARGIN + TEXT_SIZE + ROW * line;
  const mark: Mark = {
    type: 'symbol',
    encode: {
      enter: {
        x: { value: MARGIN + 12 },
        y: { value: y },
        size: { value: 300 },
        fill: { scale: 'colour', value: line },
        shape: { scale: 'shape', value: line },
      },
    },
  };
  const box: Mark = {
    type: 'group',
    encode: {
      enter: {
        clip: { value: true },
        x: { value: MARGIN + 38 },
        y: { value: y - ROW / 2 },
        width: { value: NAME_WIDTH },
        height: { value: ROW },
      },
    },
    marks: [text({ text: name, x: 0, y: ROW / 2, fill: INK })],
  };
  return [mark, box, text({ text: note, x: WIDTH - MARGIN, y, fill: QUIET, align: 'right' })];
}

function describePlot(labels: readonly string[], y: number): Mark {
  const step = Math.max(1, Math.ceil((labels.length - 1) / TICKS));
  const shown = labels.flatMap((_, at) => ((labels.length - 1 - at) % step === 0 ? [at] : []));
  return {
    type: 'group',
    encode: {
      enter: {
        x: { value: MARGIN + AXIS_WIDTH },
        y: { value: y },
        width: { value: PLOT_WIDTH },
        height: { value: PLOT_HEIGHT },
      },
    },
    axes: [
      {
        orient: 'left',
        scale: 'y',
        format: '.1~%',
        tickCount: TICKS,
        labelColor: QUIET,
        labelPadding: 12,
        domain: false,
        ticks: false,
        grid: true,
        gridScale: 'x',
        gridColor: RULE,
      },
      {
        orient: 'bottom',
        scale: 'x',
        values: shown,
        labelColor: QUIET,
        labelPadding: 10,
        labelBound: WIDTH,
        // Vega takes letters for wider than they are.
        labelLimit: 0,
        labelFlush: 1,
        domainColor: QUIET,
        tickColor: QUIET,
        encode: { labels: { update: { text: { signal: `${JSON.stringify(labels)}[datum.value]` } } } },
      },
    ],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'line', data: 'points', groupby: 'line' } },
        marks: [
          {
            type: 'line',
            from: { data: 'line' },
            encode: {
              enter: {
                ...PLACE,
                stroke: { scale: 'colour', field: 'line' },
                strokeWidth: { value: 5 },
                strokeCap: { value: 'round' },
                strokeJoin: { value: 'round' },
                defined: { field: 'isKnown' },
              },
            },
          },
        ],
      },
      {
        type: 'symbol',
        from: { data: 'points' },
        encode: {
          enter: {
            ...PLACE,
            fill: { scale: 'colour', field: 'line' },
            shape: { scale: 'shape', field: 'line' },
            size: { signal: 'datum.isKnown ? 110 : 0' },
          },
        },
      },
    ],
  };
}

const PLACE = { x: { scale: 'x', field: 'at' }, y: { scale: 'y', field: 'share' } } as const;
