import { describe, expect, it } from 'vitest';
import { presentZoneName, readZone, suggestZones } from '../../../src/calendar/zone-names.ts';
import { CITIES, MAIN_ZONES, SHORT_NAMES } from '../../../src/calendar/zone-words.ts';
import { parseZone } from '../../../src/calendar/zoned-time.ts';

const namesOf = (zones: readonly string[]) => zones.map(presentZoneName);

describe('a zone as people say it', () => {
  it.each([
    ['Berlin', 'Europe/Berlin'],
    [' berlin,  Germany', 'Europe/Berlin'],
    ['Germany', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Munich', 'Europe/Berlin'],
    ['münchen', 'Europe/Berlin'],
    ['CET', 'Europe/Berlin'],
    ['Central European Time', 'Europe/Berlin'],
    ['EST', 'America/New_York'],
    ['edt', 'America/New_York'],
    ['Eastern Standard Time', 'America/New_York'],
    ['New York', 'America/New_York'],
    ['Washington, D.C.', 'America/New_York'],
    ['PST', 'America/Los_Angeles'],
    ['Pacific time', 'America/Los_Angeles'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['San Francisco', 'America/Los_Angeles'],
    ['MST', 'America/Denver'],
    ['India', 'Asia/Kolkata'],
    ['Calcutta', 'Asia/Kolkata'],
    ['Bengaluru', 'Asia/Kolkata'],
    ['Kiev', 'Europe/Kyiv'],
    ['UK', 'Europe/London'],
    ['BST', 'Europe/London'],
    ['Turkey', 'Europe/Istanbul'],
    ['Türkiye', 'Europe/Istanbul'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['China', 'Asia/Shanghai'],
    ['Beijing', 'Asia/Shanghai'],
    ['Tel Aviv', 'Asia/Jerusalem'],
    ['Japan', 'Asia/Tokyo'],
    ['south korea', 'Asia/Seoul'],
    ['Argentina', 'America/Argentina/Buenos_Aires'],
    ['GMT', 'UTC'],
    ['utc', 'UTC'],
    ['UTC+0', 'UTC'],
    ['UTC+2', 'UTC+2'],
    ['gmt -3', 'UTC-3'],
    ['UTC−03:30', 'UTC-3:30'],
    ['+5:30', 'UTC+5:30'],
    ['UTC+0545', 'UTC+5:45'],
  ])('reads “%s” as %s', (text, zone) => {
    const read = readZone(text);

    expect(typeof read === 'string' ? presentZoneName(read) : read).toBe(zone);
  });

  it.each([
    ['IST', ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem']],
    ['CST', ['America/Chicago', 'Asia/Shanghai']],
    ['Georgia', ['Asia/Tbilisi', 'America/New_York']],
    ['Indonesia', ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']],
    ['Berl', ['Europe/Berlin']],
  ])('takes “%s” for one of %j', (text, zones) => {
    expect(namesOf([readZone(text)].flat())).toEqual(zones);
    expect(readZone(text)).toBeInstanceOf(Array);
  });

  it.each(['', 'time', 'Mars/Olympus', 'UTC+15', 'UTC-13', 'UTC+2:75', '<@1>', 'constructor', '__proto__'])(
    'does not know “%s”',
    (text) => {
      expect(readZone(text)).toEqual([]);
    },
  );

  it.each([
    ['India', ['Asia/Kolkata']],
    ['berl', ['Europe/Berlin']],
    ['kolk', ['Asia/Kolkata']],
    ['mun', ['Europe/Berlin']],
    ['utc+5', ['UTC+5']],
  ])('suggests for “%s” just %j', (typed, zones) => {
    expect(namesOf(suggestZones(typed).map(({ zone }) => zone))).toEqual(zones);
  });

  it('names the city or country by which a zone was found', () => {
    expect(suggestZones('mun')).toEqual([{ zone: 'Europe/Berlin', name: 'Munich' }]);
    expect(suggestZones('berlin')).toEqual([{ zone: 'Europe/Berlin' }]);
  });

  it('goes on suggesting longer names after a short one', () => {
    const zones = namesOf(suggestZones('la').map(({ zone }) => zone));

    expect(zones[0]).toBe('America/Los_Angeles');
    expect(zones).toContain('Africa/Lagos');
  });

  it('knows all zones that its words stand for', () => {
    const zones = [Object.keys(CITIES), Object.values(MAIN_ZONES), Object.values(SHORT_NAMES)].flat(2);

    expect(zones.filter((zone) => parseZone(zone) === undefined)).toEqual([]);
  });
});
