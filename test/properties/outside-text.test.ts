import { describe, expect, it } from 'vitest';
import { parseZone } from '../../src/calendar/zoned-time.ts';
import { parseCustomId } from '../../src/discord/interactions/custom-id.ts';
import { InteractionPayload } from '../../src/discord/interactions/schema.ts';
import { UserError } from '../../src/errors.ts';
import { parsePaperId } from '../../src/papers/parse-paper-id.ts';
import { parseDays, parseTime } from '../../src/subscriptions/parse-schedule.ts';

import fc, { assert, jsonValue, oneof, property, string } from 'fast-check';

/** Anything, and what is nearly right. */
const typed = oneof(
  string({ unit: 'binary', maxLength: 300 }),
  fc.stringMatching(/^[0-9:.apm h-]{0,12}$/),
  fc.stringMatching(/^(mon|tue|daily|weekdays|and|[-,; ]|__proto__|constructor){1,8}$/),
  fc.stringMatching(/^(https?:\/\/)?(arxiv\.org\/abs\/|huggingface\.co\/papers\/)?[0-9.v/?#]{0,14}$/),
  fc.stringMatching(/^(Europe|Etc|UTC|GMT|[+-][0-9:]{1,5}|\/|Berlin){1,4}$/),
);

function outcomeOf<T>(read: () => T): T | 'refused' {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return 'refused';
    throw error;
  }
}

describe('whatever a person types', () => {
  it('is a minute of the day, or refused as a time', () => {
    assert(
      property(typed, (text) => {
        const at = outcomeOf(() => parseTime(text));

        expect(typeof at === 'string' ? ['refused', 'instantly'].includes(at) : at >= 0 && at < 1440).toBe(
          true,
        );
      }),
    );
  });

  it('is one day of the week or more, in order, or refused as days', () => {
    assert(
      property(typed, (text) => {
        const days = outcomeOf(() => parseDays(text));
        if (days === 'refused') return;

        expect(days.length).toBeGreaterThan(0);
        expect(days).toEqual([1, 2, 3, 4, 5, 6, 7].filter((day) => days.some((one) => one === day)));
      }),
    );
  });

  it('is a zone that reads the same again, or none', () => {
    assert(
      property(typed, (text) => {
        const zone = parseZone(text);
        if (zone === undefined) return;

        expect(parseZone(zone)).toBe(zone);
      }),
    );
  });

  it('is a paper id, or none', () => {
    assert(
      property(typed, (text) => {
        expect(parsePaperId(text) ?? '2606.00001').toMatch(/^\d{4}\.\d{4,5}$/);
      }),
    );
  });

  it('is read as a custom id, or refused', () => {
    assert(
      property(oneof(typed, fc.stringMatching(/^[a-z-]{0,9}:v[01]?:.{0,90}$/)), (text) => {
        const id = outcomeOf(() => parseCustomId(text));

        expect(id === 'refused' || text.startsWith(`${id.name}:v1`)).toBe(true);
      }),
    );
  });
});

describe('whatever the gateway brings as an interaction', () => {
  const channel = fc.record(
    { id: oneof(string(), jsonValue()), type: jsonValue(), permissions: oneof(string(), jsonValue()) },
    { requiredKeys: [] },
  );
  const nearly = fc.record(
    {
      id: oneof(string(), jsonValue()),
      app_permissions: oneof(string(), jsonValue()),
      channel: oneof(channel, jsonValue()),
      member: jsonValue(),
      data: oneof(
        jsonValue(),
        fc.record({ resolved: fc.record({ channels: fc.dictionary(string(), channel) }) }),
      ),
    },
    { requiredKeys: [] },
  );

  it('is read or is not, and raises nothing', () => {
    assert(
      property(oneof(jsonValue(), nearly), (payload) => {
        expect(typeof InteractionPayload.safeParse(payload).success).toBe('boolean');
      }),
    );
  });
});
