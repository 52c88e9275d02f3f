import { describe, expect, it } from 'vitest';
import { matchTopic } from '../../../chaos/audit/evidence/match-topic.ts';

const PAPER = {
  text: 'Language Models for Robots: a Bénchmark fieldbreak Reinforcement learning from video',
  names: 'Video Lab',
  upvotes: 7,
};

describe('the auditor’s matcher', () => {
  it.each([
    '',
    'robot',
    'ROBOTS',
    'benchmark',
    'video',
    '"language models"',
    '"reinforcement learning" OR "diffusion"',
    'robot NOT "diffusion"',
    'video upvotes>=7',
  ])('matches %j', (query) => {
    expect(matchTopic(query, PAPER)).toBe(true);
  });

  it.each([
    'robo',
    'labs',
    '"language model"',
    '"benchmark reinforcement"',
    'robot NOT "reinforcement learning"',
    '"diffusion" OR "retrieval"',
    'video upvotes>=8',
  ])('does not match %j', (query) => {
    expect(matchTopic(query, PAPER)).toBe(false);
  });
});
