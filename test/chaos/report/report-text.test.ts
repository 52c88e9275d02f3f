import { expect, it } from 'vitest';
import { renderReport } from '../../../chaos/report/report-text.ts';

const report = {
  figures: { owed: 12, lost: 2 },
  tally: { kill: 3 },
  stories: ['channel 1', '09:00 a digest'],
  log: [],
};
const violations = [{ kind: 'lost', channelId: '1', about: '2605.00001, due by nine' }];
const faults = [{ name: 'kill', says: 'The process is killed.' }];

it('a report says what was promised, what was met and seen, what broke, and how that came about', () => {
  const text = renderReport({ ...report, violations }, faults);

  expect(text).toMatch(/lost +Every paper .* BROKEN 2 times\./);
  expect(text).toMatch(/twice +No paper.* kept\./);
  expect(text).toMatch(/kill +The process is killed\. 3 times\./);
  expect(text).toContain('What was seen\n  owed 12\n');
  expect(text).toContain('What broke\n  lost: 2605.00001, due by nine (channel 1)\n');
  expect(text).toContain('How it came about\nchannel 1\n09:00 a digest');
});

it('a report of a clean run has nothing of what broke', () => {
  expect(renderReport({ ...report, figures: {}, violations: [], stories: [] }, faults)).not.toMatch(
    /BROKEN|What broke/,
  );
});
