import { expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import {
  buildHistory,
  buildMessage,
  kinds,
  LISTED,
  MINUTE,
  NINE,
  onlyFirst,
  onlySecond,
} from './audited-history.ts';

const sample = buildMessage({ deliveryId: 's1', at: NINE - 30 * MINUTE, roles: [], papers: onlyFirst });
const digest = buildMessage({ papers: onlySecond });
const messages = [sample, digest];
/** What the sample shows was listed by then. */
const listings = [sample.at - MINUTE, NINE - MINUTE].map((at) => ({ at, day: '2026-05-04', papers: LISTED }));

it('what comes after "Send one now" was pressed is of no slot, and mentions nobody', () => {
  expect(audit(buildHistory({ listings, messages, samples: [sample.at - 2_000] }))).toEqual([]);
  expect(kinds(buildHistory({ messages }))).toContain('early');
});

it.each([
  ['a press whose life is over', [sample.at - 11 * MINUTE]],
  ['a later press', [sample.at + 1_000]],
])('%s explains nothing', (_, samples) => {
  expect(kinds(buildHistory({ messages, samples }))).toContain('early');
});

it('one press explains one delivery', () => {
  const again = buildMessage({ ...sample, deliveryId: 's2', at: sample.at + 20_000, papers: onlySecond });

  expect(kinds(buildHistory({ messages: [sample, again], samples: [sample.at - 2_000] }))).toContain('early');
});

it('a delivery that mentions a role is no sample', () => {
  const loud = { ...sample, roles: digest.roles };

  expect(kinds(buildHistory({ messages: [loud, digest], samples: [sample.at - 2_000] }))).toContain('early');
});
