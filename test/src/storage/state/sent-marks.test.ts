import { array, assert, integer, property, stringMatching, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMarks,
  readMarks,
  type SentMarks,
  upgradeMarks,
} from '../../../../src/storage/state/sent-marks.ts';

const paperIds = array(stringMatching(/^2[0-6](0[1-9]|1[0-2])\.[0-9]{4,5}$/), { maxLength: 40 });

describe('sent marks', () => {
  it('pack papers of one month as their numbers', () => {
    expect(addMarks([], ['2606.00002', '2605.12345', '2606.00001'], 7)).toEqual([
      [7, '2605.12345 2606.00001 00002'],
    ]);
  });

  it('come back as they went, with the first instant of each', () => {
    assert(
      property(array(tuple(integer(), paperIds), { maxLength: 10 }), (sends) => {
        const inOrder = sends.toSorted(([one], [other]) => one - other);
        const expected = new Map<string, number>();
        for (const [at, ids] of inOrder) for (const id of ids) if (!expected.has(id)) expected.set(id, at);

        const marks = inOrder.reduce<SentMarks>((present, [at, ids]) => addMarks(present, ids, at), []);

        expect(readMarks(marks)).toEqual(expected);
      }),
    );
  });

  it('stay as they are when there is nothing to add', () => {
    const marks = addMarks([], ['2606.00001'], 7);

    expect(addMarks(marks, ['2606.00001'], 9)).toBe(marks);
    expect(addMarks(marks, [], 9)).toBe(marks);
  });

  it('of version 1 are read on', () => {
    const upgraded = upgradeMarks({ '2606.00001': 7, '2606.00002': 7, '2605.00003': 9 });

    expect(upgraded).toEqual([
      [7, '2606.00001 00002'],
      [9, '2605.00003'],
    ]);
  });

  it.each([null, 'damaged', 7, [[7, '2606.00001']]])('leave %j to the schema', (value) => {
    expect(upgradeMarks(value)).toBe(value);
  });
});
