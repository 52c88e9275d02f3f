import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROMISES } from '../../../chaos/audit/promises.ts';

it('each promise has a figure of its own, and stands in the README in its own words', () => {
  const figures = PROMISES.map(({ figure }) => figure);
  const readme = readFileSync('chaos/README.md', 'utf8');

  expect(new Set(figures).size).toBe(figures.length);
  for (const { figure, sentence } of PROMISES) {
    expect(readme).toMatch(new RegExp(`\\| \`${figure}\` +\\| ${escape(sentence)} +\\|`));
  }
});

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
