import type { Chart } from '../../topics/chart.ts';
import { compareEnds, type TopicTrend, type Trends } from '../../topics/trends.ts';
import type { Texts } from '../texts/texts.ts';
import { cutWithin, oneLine } from './escape-markdown.ts';

/** What a picture has room for. */
const NAME = 45;
/** https://docs.discord.com/developers/resources/message#attachment-object */
const DESCRIPTION = 1_024;

export type TrendChart = {
  readonly chart: Chart;
  /** The same in words, for people who cannot see it. */
  readonly description: string;
};

/** Shares of topics as a picture; undefined where they are of too short a time. */
export function buildTrendChart(trends: Trends, { trends: texts }: Texts): TrendChart | undefined {
  const { unit, ends, totals, topics } = trends;
  const [first = ''] = ends;
  const last = ends.at(-1) ?? '';
  const compared = topics.map((topic) => ({ topic, ends: compareEnds(trends, topic) }));
  if (compared.length === 0 || compared.some((one) => one.ends === undefined)) return undefined;
  const lines = compared.map(({ topic, ends: change }) => ({
    name: cutWithin(oneLine(topic.name), NAME),
    note: change === undefined ? '' : texts.note(change.now, change.before),
    values: sharesOf(topic, totals),
  }));
  const labels = ends.map((end) => texts.label(unit, end));
  const words = compared.map(({ topic, ends: change }, at) => {
    const peak = findPeak(lines[at]?.values ?? [], labels);
    const name = cutWithin(oneLine(topic.name), NAME);
    return change === undefined ? '' : texts.altLine(name, change.before, change.now, peak);
  });
  return {
    chart: { title: texts.title(unit), lines, labels },
    description: cutWithin([texts.alt(unit, first, last), ...words].join(' '), DESCRIPTION),
  };
}

function sharesOf({ papers }: TopicTrend, totals: readonly number[]): readonly (number | null)[] {
  return totals.map((total, at) => (total === 0 ? null : (papers[at] ?? 0) / total));
}

function findPeak(shares: readonly (number | null)[], labels: readonly string[]) {
  const share = Math.max(...shares.map((one) => one ?? 0));
  return { share, label: labels[shares.indexOf(share)] ?? '' };
}
