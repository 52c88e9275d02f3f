import { describe, expect, it } from 'vitest';
import { parseTime, parseTimeOfDay } from '../../../src/subscriptions/parse-schedule.ts';

describe('parseTime', () => {
  it.each([
    ['9', 540],
    ['09:00', 540],
    [' 9am ', 540],
    ['9 AM', 540],
    ['21:30', 1290],
    ['9:30 pm', 1290],
    ['9.30', 570],
    ['12am', 0],
    ['12pm', 720],
    ['0', 0],
    ['23:59', 1439],
    ['noon', 720],
    ['Instantly', 'instantly'],
  ])('reads %j', (text, at) => {
    expect(parseTime(text)).toBe(at);
  });

  it.each(['', '24', '9:60', '13pm', '0am', 'soon', '9:5', '-1', 'constructor', '９'])(
    'refuses %j',
    (text) => {
      expect(() => parseTime(text)).toThrow('time-not-readable');
    },
  );
});

describe('parseTimeOfDay', () => {
  it('reads a time', () => {
    expect(parseTimeOfDay('6pm')).toBe(1080);
  });

  it.each(['instantly', 'soon'])('refuses %j', (text) => {
    expect(() => parseTimeOfDay(text)).toThrow('no-time-of-day');
  });
});
