import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { readTopic, EVERY_PAPER } from '../../../src/topics/topic.ts';

const AGENTS = {
  id: 'agents',
  name: 'AI agents',
  description: 'Programs that act.',
  query: 'agent OR "tool use"',
};

describe('readTopic', () => {
  it.each([
    ['', EVERY_PAPER],
    ['  ', EVERY_PAPER],
    ['Every Paper', EVERY_PAPER],
    ['agents', { name: 'AI agents', query: 'agent OR "tool use"' }],
    [' ai AGENTS ', { name: 'AI agents', query: 'agent OR "tool use"' }],
    ['Agent or "tool use"', { name: 'agent or "tool use"', query: 'agent or "tool use"' }],
    ['agent OR tool-use', { name: 'AI agents', query: 'agent OR "tool use"' }],
    ['Mamba  AND  NOT survey', { name: 'mamba -survey', query: 'mamba -survey' }],
  ])('takes “%s” as %o', (text, topic) => {
    expect(readTopic(text, [AGENTS])).toEqual(topic);
  });

  it.each(['(mamba', '!!!', `title:(${Array.from({ length: 60 }, (_, at) => `w${at}`).join(' OR ')})`])(
    'refuses %s',
    (text) => {
      expect(() => readTopic(text, [AGENTS])).toThrow(UserError);
    },
  );
});
