import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildKnownPapers } from '../../../playground/hugging-face/known-papers.ts';
import { isWeekend } from '../../../src/calendar/list-day.ts';
import { ListItem } from '../../../src/sources/hugging-face/schema.ts';

const { days, unlisted } = buildKnownPapers('2026-11-26');
const listed = [...days].flatMap(([day, items]) => items.map((item) => ({ day, item })));
const papers = [...listed.map(({ item }) => item), ...unlisted].map((item) => ListItem.parse(item));

describe('the known papers of the demo', () => {
  it('are some hundred, each once, in a small file', () => {
    expect(papers.length).toBeGreaterThan(400);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
    expect(statSync('playground/hugging-face/known-papers.tsv').size).toBeLessThan(150_000);
  });

  it('are facts without an abstract', () => {
    const known = papers.find(({ id }) => id === '2501.12948');

    expect(known).toMatchObject({ listDay: '2025-01-23', publishedOn: '2025-01-22' });
    expect(known?.title).toMatch(/^DeepSeek-R1: /);
    expect(papers.filter(({ abstract, summary }) => abstract !== '' || summary !== undefined)).toEqual([]);
    expect(papers.filter(({ title, authors }) => title === '' || authors.length === 0)).toEqual([]);
  });

  it('fill the weekdays of the month before the demo, and keep their days before that', () => {
    const recent = [...days.keys()].filter((day) => day > '2026-10-26').toSorted();

    expect(recent).toHaveLength(22);
    expect(recent.at(-1)).toBe('2026-11-25');
    expect(recent.filter(isWeekend)).toEqual([]);
    expect(listed.filter(({ day, item }) => ListItem.parse(item).listDay !== day)).toEqual([]);
  });

  it('have classics that no day lists', () => {
    expect(unlisted.map(({ paper }) => paper.title)).toContain('Attention Is All You Need');
  });
});
