import { expect, it } from 'vitest';
import { ApiError } from '../../../../playground/discord/http/api-error.ts';
import { checkCommands } from '../../../../playground/discord/interactions/command-limits.ts';

const command = (more: object = {}) => ({ name: 'find', description: 'Find', ...more });
const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'What', ...more });
const choice = (more: object = {}) => ({ name: 'One', value: '1', ...more });

function errorsOf(commands: readonly unknown[]): unknown {
  try {
    checkCommands(commands);
    return undefined;
  } catch (error) {
    return error instanceof ApiError && error.code === 50035 ? error.errors : error;
  }
}

it('takes commands within the limits', () => {
  const options = [option('a', { required: true, choices: [choice()] }), option('b', { autocomplete: true })];
  expect(errorsOf([command({ options }), { type: 3, name: 'Read More' }])).toBeUndefined();
});

it.each([
  ['an upper case name', [command({ name: 'Find' })], '0.name'],
  ['a space in a name', [command({ name: 'find it' })], '0.name'],
  ['a name of 33', [command({ name: 'a'.repeat(33) })], '0.name'],
  ['no description', [command({ description: '' })], '0.description'],
  ['a description of 101', [command({ description: 'a'.repeat(101) })], '0.description'],
  ['a name twice', [command(), command()], '1.name'],
  [
    '26 options',
    [command({ options: Array.from({ length: 26 }, (_, at) => option(`o${at}`)) })],
    '0.options',
  ],
  ['an option twice', [command({ options: [option('a'), option('a')] })], '0.options.1.name'],
  [
    'a required option after an optional one',
    [command({ options: [option('a'), option('b', { required: true })] })],
    '0.options.1.required',
  ],
  [
    'choices with autocomplete',
    [command({ options: [option('a', { autocomplete: true, choices: [choice()] })] })],
    '0.options.0.choices',
  ],
  [
    '26 choices',
    [command({ options: [option('a', { choices: Array.from({ length: 26 }, () => choice()) })] })],
    '0.options.0.choices',
  ],
  [
    'a choice value of 101',
    [command({ options: [option('a', { choices: [choice({ value: 'a'.repeat(101) })] })] })],
    '0.options.0.choices.0.value',
  ],
  [
    'a bad name in a subcommand',
    [command({ options: [{ type: 1, name: 'add', description: 'Add', options: [option('A')] }] })],
    '0.options.0.options.0.name',
  ],
])('refuses %s at its path', (_, commands, path) => {
  expect(errorsOf(commands)).toHaveProperty(`${path}._errors.0.message`);
});
