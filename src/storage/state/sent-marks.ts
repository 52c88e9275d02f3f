import type { Instant } from '../../calendar/zoned-time.ts';

/**
 * Papers by the instant at which they were sent, oldest first. The ids are packed, since a destination that gets every
 * paper has thousands a year: one with the same month as the one before it is its number alone
 * (`2606.00001 00002 2605.12345`).
 */
export type SentMarks = readonly (readonly [Instant, string])[];

/** Each paper with the first instant at which it was sent. */
export function readMarks(marks: SentMarks): ReadonlyMap<string, Instant> {
  const sent = new Map<string, Instant>();
  for (const [at, packed] of marks) {
    for (const id of unpackIds(packed)) sent.set(id, Math.min(at, sent.get(id) ?? at));
  }
  return sent;
}

/** The marks with those papers that had none; the same list when all had. */
export function addMarks(marks: SentMarks, paperIds: readonly string[], at: Instant): SentMarks {
  const sent = readMarks(marks);
  const added = [...new Set(paperIds)].filter((id) => !sent.has(id));
  return added.length === 0 ? marks : [...marks, [at, packIds(added)]];
}

/** Version 1 held an object of ids with the instant of each. */
export function upgradeMarks(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const ids = new Map<unknown, string[]>();
  for (const [id, at] of Object.entries(value)) ids.set(at, [...(ids.get(at) ?? []), id]);
  return [...ids].map(([at, group]) => [at, packIds(group)]);
}

function packIds(ids: readonly string[]): string {
  let month = '';
  const tokens = ids.toSorted().map((id) => {
    const [before, number = ''] = id.split('.');
    if (before === month) return number;
    month = before ?? '';
    return id;
  });
  return tokens.join(' ');
}

function unpackIds(packed: string): readonly string[] {
  let month = '';
  return packed.split(' ').map((token) => {
    const dot = token.indexOf('.');
    if (dot < 0) return `${month}.${token}`;
    month = token.slice(0, dot);
    return token;
  });
}
