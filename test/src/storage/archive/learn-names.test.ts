import { describe, expect, it } from 'vitest';
import { readAcronyms } from '../../../../src/storage/archive/learn-names.ts';

describe('an acronym', () => {
  it.each([
    ['We train a Mixture of Experts (MoE).', 'moe', 'mixture of experts'],
    [
      'by reinforcement learning from human feedback (RLHF)',
      'rlhf',
      'reinforcement learning from human feedback',
    ],
    ['of Vision-Language-Action (VLA) models', 'vla', 'vision language action'],
    ['many large language models (LLMs)', 'llm', 'large language models'],
    ['with Low-Rank Adaptation (LoRA)', 'lora', 'low rank adaptation'],
    ['uses policies: Proximal Policy Optimization (PPO)', 'ppo', 'proximal policy optimization'],
    ['of 3D Gaussian Splatting (3DGS)', '3dgs', '3d gaussian splatting'],
    ['in text-to-speech (TTS)', 'tts', 'text to speech'],
  ])('%s', (text, acronym, meaning) => {
    expect(readAcronyms(text)).toEqual([{ acronym, meaning }]);
  });

  it.each(['(MoE)', 'nothing alike (XYZ)', 'as shown (Table 2)', 'of models (see below)', 'a word (W)'])(
    'is not explained by “%s”',
    (text) => {
      expect(readAcronyms(text)).toEqual([]);
    },
  );
});
