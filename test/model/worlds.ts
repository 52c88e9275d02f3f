import { DAY_MS } from '../../src/calendar/zoned-time.ts';
import type { Setting } from './world.ts';

const two = { papers: 'ab', layout: 'messages' } as const;
const posts = { papers: 'ab', layout: 'posts' } as const;

/** Small worlds by name. All that the table must hold in. */
export const WORLDS = {
  'two messages, 2 crashes, 3 faults': { ...two, budget: { crashes: 2, faults: 3, stalls: 2 } },
  'three messages, 2 crashes, 2 faults': {
    papers: 'abc',
    layout: 'messages',
    budget: { crashes: 2, faults: 2, stalls: 1 },
  },
  'two posts, 2 crashes, 3 faults': { ...posts, budget: { crashes: 2, faults: 3, stalls: 2 } },
  'messages, history unreadable': {
    ...two,
    isUnreadable: true,
    budget: { crashes: 1, faults: 3, stalls: 2 },
  },
  'posts, list unreadable': { ...posts, isUnreadable: true, budget: { crashes: 1, faults: 3, stalls: 2 } },
  'messages, pause and resume': {
    ...two,
    commands: ['pause', 'resume'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'posts, pause and resume': {
    ...posts,
    commands: ['pause', 'resume'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'unreadable, pause and resume': {
    ...two,
    isUnreadable: true,
    commands: ['pause', 'resume'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'messages, unfollow one topic': {
    ...two,
    mention: true,
    commands: ['unfollow'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 1 },
  },
  'messages, remove and follow': {
    ...two,
    commands: ['remove', 'follow'],
    startsNow: true,
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'posts, remove and follow': {
    ...posts,
    commands: ['remove', 'follow'],
    startsNow: true,
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'messages, send one now and pause': {
    ...two,
    commands: ['sample', 'pause'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'role, unreadable': {
    ...two,
    mention: true,
    isUnreadable: true,
    budget: { crashes: 1, faults: 3, stalls: 1 },
  },
  'role, posts, unreadable': {
    ...posts,
    mention: true,
    isUnreadable: true,
    budget: { crashes: 1, faults: 3, stalls: 1 },
  },
  'role, posts, poison first, calm': { ...posts, mention: true, poison: { a: 'always' }, isCalm: true },
  'role, poison first': {
    ...two,
    layout: 'one message',
    mention: true,
    poison: { a: 'always' },
    budget: { crashes: 2, faults: 2, stalls: 1 },
  },
  'role, posts, unfollow one topic': {
    ...posts,
    mention: true,
    commands: ['unfollow'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 1 },
  },
  'role, poison in the middle, calm': {
    papers: 'abc',
    layout: 'one message',
    mention: true,
    poison: { b: 'always' },
    isCalm: true,
  },
  'place blocked twice': { ...two, budget: { crashes: 1, faults: 2, stalls: 1, barred: 2 } },
  'posts, place blocked, pause': {
    ...posts,
    commands: ['pause'],
    budget: { crashes: 1, faults: 2, barred: 1, commands: 1, stalls: 1 },
  },
  'direct messages closed': {
    ...two,
    places: ['dms-closed'],
    budget: { crashes: 1, faults: 2, stalls: 1, barred: 2 },
  },
  'poison in one message': {
    papers: 'abc',
    layout: 'one message',
    poison: { b: 'always', c: 'rich' },
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'poison, calm': {
    papers: 'abc',
    layout: 'one message',
    poison: { b: 'always' },
    isCalm: true,
    overlaps: true,
  },
  'role, poison first, calm': {
    ...two,
    layout: 'one message',
    mention: true,
    poison: { a: 'always' },
    isCalm: true,
  },
  'poison in the first of two messages': {
    papers: 'abc',
    layout: 'two and one',
    poison: { a: 'always' },
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'poison, then blocked': {
    ...two,
    layout: 'one message',
    poison: { a: 'always' },
    budget: { crashes: 1, faults: 2, barred: 1, stalls: 1 },
  },
  'poison, unreadable': {
    ...two,
    layout: 'one message',
    poison: { a: 'always' },
    isUnreadable: true,
    mention: true,
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'poison, pause': {
    ...two,
    layout: 'one message',
    poison: { a: 'always' },
    commands: ['pause'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 1 },
  },
  'poison, take-over': {
    ...two,
    layout: 'one message',
    poison: { a: 'always' },
    budget: { takeOvers: 1, faults: 2, stalls: 1 },
  },
  'poison posts': { ...posts, poison: { a: 'always' }, budget: { crashes: 2, faults: 2, stalls: 1 } },
  threads: { papers: 'ab', layout: 'threads', budget: { crashes: 1, faults: 2, stalls: 1, barred: 1 } },
  'threads, paused': {
    papers: 'ab',
    layout: 'threads',
    commands: ['pause'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 1 },
  },
  'threads at their limit, calm': { papers: 'ab', layout: 'threads', threadsAreFull: true, isCalm: true },
  'hidden paper': { papers: 'ab', layout: 'messages', max: 1, budget: { crashes: 2, faults: 2, stalls: 1 } },
  'hidden paper behind poison': {
    papers: 'ab',
    layout: 'messages',
    max: 1,
    poison: { a: 'always' },
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'a moderator deletes': { ...two, budget: { crashes: 1, faults: 3, stalls: 1, deletions: 1 } },
  'messages, take-over': { ...two, budget: { takeOvers: 1, crashes: 1, faults: 2, stalls: 2 } },
  'posts, take-over': { ...posts, budget: { takeOvers: 1, crashes: 1, faults: 2, stalls: 2 } },
  'take-over and pause': {
    ...two,
    commands: ['pause'],
    budget: { takeOvers: 1, crashes: 1, faults: 1, stalls: 1, commands: 1 },
  },
  'posts, take-over and pause, resume': {
    ...posts,
    commands: ['pause', 'resume'],
    budget: { takeOvers: 1, faults: 2, stalls: 1, commands: 2 },
  },
  'messages, take-over, pause, resume': {
    ...two,
    commands: ['pause', 'resume'],
    budget: { takeOvers: 1, crashes: 1, faults: 1, stalls: 1, commands: 2 },
  },
  'role, take-over, unreadable': {
    ...two,
    mention: true,
    isUnreadable: true,
    budget: { takeOvers: 1, crashes: 1, faults: 1, stalls: 1 },
  },
  'effects of any lateness, messages': {
    ...two,
    hasLateEffects: true,
    budget: { crashes: 1, faults: 3, stalls: 1 },
  },
  'effects of any lateness, posts': {
    ...posts,
    hasLateEffects: true,
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'role, unreadable, unfollow one topic': {
    ...two,
    mention: true,
    isUnreadable: true,
    commands: ['unfollow'],
    budget: { crashes: 1, faults: 2, stalls: 1, commands: 1 },
  },
  'place gone for long': {
    ...two,
    places: ['gone'],
    tickMs: 10 * DAY_MS,
    budget: { crashes: 1, faults: 2, barred: 1 },
  },
  'place gone, removed and followed again': {
    ...posts,
    places: ['gone'],
    commands: ['remove', 'follow'],
    budget: { faults: 2, stalls: 1, barred: 1, commands: 2 },
  },
  'place blocked, removed': {
    ...posts,
    commands: ['remove'],
    budget: { crashes: 1, faults: 2, barred: 1, commands: 1 },
  },
  'poison behind threads': {
    papers: 'ab',
    layout: 'threads',
    poison: { a: 'always' },
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'every paper is malformed': {
    papers: 'ab',
    layout: 'one message',
    poison: { a: 'always', b: 'always' },
    refusesAll: 50_035,
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
  'AutoMod refuses every paper': {
    ...posts,
    poison: { a: 'always', b: 'always' },
    refusesAll: 200_000,
    budget: { crashes: 1, faults: 2, stalls: 1 },
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type WorldName = keyof typeof WORLDS;
