import { expect, it } from 'vitest';
import { LogLine } from '../../chaos/schema.ts';

it('what a process that breaks says last is no line of its log, and breaks nothing else', () => {
  expect(LogLine.safeParse('{"level":30,"msg":"ready"}').data?.msg).toBe('ready');
  expect(LogLine.safeParse('node:events:505').success).toBe(false);
});
