import { Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { parseZone } from '../../../src/calendar/zoned-time.ts';
import { assumeZone, likelyZones } from '../../../src/subscriptions/likely-zones.ts';

describe('likelyZones', () => {
  it.each([...Object.values(Locale), undefined, 'xx', 'constructor'])(
    'has zones for %s, each once',
    (locale) => {
      const zones = likelyZones(locale);

      expect(zones.length).toBeGreaterThan(0);
      expect(new Set(zones).size).toBe(zones.length);
      expect(zones.filter((zone) => parseZone(zone) === undefined)).toEqual([]);
    },
  );

  it('assumes the one zone of a locale, and else the fallback', () => {
    expect(assumeZone('ja', 'UTC')).toBe('Asia/Tokyo');
    expect(assumeZone('en-US', 'UTC')).toBe('UTC');
    expect(assumeZone(undefined, 'UTC')).toBe('UTC');
  });
});
