import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../../../src/storage/archive/search/spelling.ts';

describe('the distance between two words', () => {
  it.each([
    ['transformer', 'transformer', 0],
    ['transfomer', 'transformer', 1],
    ['transsformer', 'transformer', 1],
    ['trasnformer', 'transformer', 1],
    ['ransformer', 'transformer', 1],
    ['vasvani', 'vaswani', 1],
    ['trasnfomer', 'transformer', 2],
    ['form', 'transformer', 3],
    ['', 'ab', 2],
  ])('%s and %s: %i', (from, to, distance) => {
    expect(editDistance(from, to, 2)).toBe(distance);
    expect(editDistance(to, from, 2)).toBe(distance);
  });
});
