import { expect, it } from 'vitest';
import { readProblems } from '../../../chaos/readers/read-problems.ts';

const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const FINE = {
  content: 'a'.repeat(2000),
  embeds: [{ title: 'b'.repeat(256), description: 'c'.repeat(4096) }],
  components: [],
  flags: 0,
};
const box = (...components: object[]) => ({
  content: '',
  embeds: [],
  components: [{ type: 17, components }],
  flags: 1 << 15,
});
const section = (content: string) => ({ components: [{ content }], accessory: { type: 11 } });
const menu = (options: number) => ({
  components: [{ custom_id: 'd'.repeat(101), options: times(options, {}) }],
});

it.each([
  ['classic', FINE],
  ['of components', box(...times(12, section('é'.repeat(333))), { type: 14 }, { type: 14 }, { type: 14 })],
])('a %s message that just fits has no problem', (_, message) => {
  expect(readProblems(message)).toEqual([]);
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
  ['options', box(menu(26))],
  ['components', box(...times(13, section('a')), { type: 14 })],
  ['text', box({ content: 'a'.repeat(4001) })],
  ['stored', box({ content: '文'.repeat(3400) })],
  ['content beside components', { ...box({ content: 'a' }), content: 'a' }],
  ['embeds beside components', { ...box({ content: 'a' }), embeds: FINE.embeds }],
])('tells of too much %s', (what, message) => {
  expect(readProblems(message).some((problem) => problem.startsWith(`${what}: `))).toBe(true);
});
