import { describe, expect, it } from 'vitest';
import { createTimeline } from '../../chaos/timeline.ts';

const START = Date.UTC(2026, 4, 4);

describe('the two clocks', () => {
  it('go at their paces, and tell one by the other across a leap', () => {
    let real = 1_000;
    const timeline = createTimeline({ real, virtual: START, speed: 60 }, () => real);
    real = 2_000;
    timeline.leap(3_600_000);
    real = 3_000;

    expect(timeline.now()).toBe(START + 60_000 + 3_600_000 + 60_000);
    expect(timeline.virtualAt(1_500)).toBe(START + 30_000);
    expect(timeline.realAt(START + 30_000)).toBe(1_500);
    expect(timeline.realAt(START + 120_000)).toBe(2_000);
    expect(timeline.realAt(START + 60_000 + 3_600_000 + 30_000)).toBe(2_500);
    expect(timeline.realAt(START + 86_400_000)).toBe(Infinity);
  });
});
