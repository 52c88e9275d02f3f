import { expect, it } from 'vitest';
import { findProblems } from '../../../chaos/audit/find-problems.ts';

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const FINE = {
  content: 'a'.repeat(2000),
  embeds: [{ title: 'b'.repeat(256), description: 'c'.repeat(4096) }],
  components: [],
};
const menu = (options: number) => ({
  components: [{ custom_id: 'd'.repeat(101), options: times(options, {}) }],
});

it('a message that just fits has no problem', () => {
  expect(findProblems(FINE)).toEqual([]);
});

it.each([
  ['content', { ...FINE, content: 'a'.repeat(2001) }],
  ['embeds', { ...FINE, embeds: times(11, {}) }],
  ['all embeds', { ...FINE, embeds: [...FINE.embeds, { description: 'e'.repeat(2000) }] }],
  ['title', { ...FINE, embeds: [{ title: 'b'.repeat(257) }] }],
  ['description', { ...FINE, embeds: [{ description: 'b'.repeat(4097) }] }],
  ['rows', { ...FINE, components: times(6, { components: [] }) }],
  ['custom id', { ...FINE, components: [menu(1)] }],
  ['options', { ...FINE, components: [menu(26)] }],
])('tells of too much %s', (what, message) => {
  expect(findProblems(message).some((problem) => problem.startsWith(`${what}: `))).toBe(true);
});
