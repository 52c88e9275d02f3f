import { PROMISES } from '../audit/promises.ts';
import type { Fault } from '../faults/fault.ts';
import type { Report } from './report.ts';

const SHOWN = 20;

/** What was promised and whether it was kept; what was seen; what broke, and how it came about. */
export function renderReport(
  { figures, tally, violations, stories }: Report,
  faults: readonly Pick<Fault, 'name' | 'says'>[],
): string {
  const width = Math.max(
    ...[...PROMISES.map(({ figure }) => figure), ...faults.map(({ name }) => name)].map(
      ({ length }) => length,
    ),
  );
  const promised = PROMISES.map(({ figure, sentence, isTolerated }) => {
    const broken = figures[figure] ?? 0;
    const verdict =
      broken === 0 ? 'kept' : isTolerated ? `${broken}, which is allowed` : `BROKEN ${broken} times`;
    return `  ${figure.padEnd(width)}  ${sentence} ${verdict}.`;
  });
  const met = faults.map(({ name, says }) => `  ${name.padEnd(width)}  ${says} ${tally[name] ?? 0} times.`);
  const seen = Object.entries(figures).filter(([name]) => PROMISES.every(({ figure }) => figure !== name));
  const broken = violations.slice(0, SHOWN).map(({ kind, channelId, about }) => {
    const place = channelId === undefined ? '' : ` (channel ${channelId})`;
    return `  ${kind}: ${about}${place}`;
  });
  const more = violations.length - broken.length;
  return [
    ...section('What was promised', promised),
    ...section('What went wrong on purpose, and how often it was met', met),
    ...section('What was seen', [list(seen)]),
    ...section('What broke', more > 0 ? [...broken, `  and ${more} more`] : broken),
    ...section('How it came about', stories),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

function list(entries: readonly (readonly [string, number])[]): string {
  return `  ${entries.map(([name, count]) => `${name} ${count}`).join(', ')}`;
}
