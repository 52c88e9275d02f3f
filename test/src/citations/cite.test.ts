import { expect, it } from 'vitest';
import { splitName } from '../../../src/citations/cite.ts';

it.each([
  ['Ashish Vaswani', { family: 'Vaswani', given: 'Ashish' }],
  ['Ludwig van Beethoven', { family: 'Beethoven', given: 'Ludwig', 'non-dropping-particle': 'van' }],
  ['Juan Carlos de la Cruz', { family: 'Cruz', given: 'Juan Carlos', 'non-dropping-particle': 'de la' }],
  ['Robert Downey Jr.', { family: 'Downey', given: 'Robert', suffix: 'Jr.' }],
  ['Martin Luther King, Jr.', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
  ['John Smith III', { family: 'Smith', given: 'John', suffix: 'III' }],
  ['Jia-Bin Huang', { family: 'Huang', given: 'Jia-Bin' }],
  ["Conor O'Brien", { family: "O'Brien", given: 'Conor' }],
  ['A. N. Other', { family: 'Other', given: 'A. N.' }],
  ['李 飞飞', { family: '李', given: '飞飞' }],
  ['王小明', { literal: '王小明' }],
  ['OpenAI', { literal: 'OpenAI' }],
  ['Gemini Team', { literal: 'Gemini Team' }],
  ['de Vries', { literal: 'de Vries' }],
  ['Team Cohere, Canada', { literal: 'Team Cohere, Canada' }],
])('splits %s', (name, expected) => {
  expect(splitName(name)).toEqual(expected);
});
