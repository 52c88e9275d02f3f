import { describe, expect, it } from 'vitest';
import { checkModal } from '../../../../playground/discord/interactions/form-limits.ts';
import { buildSubmission, createModals } from '../../../../playground/discord/interactions/modals.ts';

const long = (length: number) => 'x'.repeat(length);
const label = (component: object, more: object = {}) => ({ type: 18, label: 'Name', component, ...more });
const text = (more: object = {}) => ({ type: 4, custom_id: 'name', style: 1, ...more });
const option = (value: string, more: object = {}) => ({ label: value, value, ...more });
const menu = (more: object = {}) => ({
  type: 3,
  custom_id: 'day',
  options: [option('mon'), option('tue')],
  ...more,
});
const modal = (components: readonly object[], more: object = {}) => ({
  custom_id: 'form',
  title: 'A form',
  components,
  ...more,
});

describe('a modal', () => {
  it.each([
    ['a text', modal([label(text({ value: 'Ada', max_length: 20, placeholder: 'Somebody' }))])],
    [
      'a menu with presets',
      modal([label(menu({ max_values: 2, options: [option('a', { default: true }), option('b')] }))]),
    ],
    ['an optional menu of none or more', modal([label(menu({ required: false, min_values: 0 }))])],
    ['a menu of channels', modal([label({ type: 8, custom_id: 'where', channel_types: [0] })])],
    ['a radio group', modal([label({ type: 21, custom_id: 'one', options: [option('a'), option('b')] })])],
    ['a group of checkboxes', modal([label({ type: 22, custom_id: 'some', options: [option('a')] })])],
    ['a checkbox', modal([label({ type: 23, custom_id: 'yes' })])],
    ['a text display', modal([{ type: 10, content: 'Read this' }, label(text())])],
  ])('takes %s', (_, one) => {
    expect(() => checkModal(one)).not.toThrow();
  });

  it.each([
    ['no title', modal([label(text())], { title: '' })],
    ['a long title', modal([label(text())], { title: long(46) })],
    ['a long custom id', modal([label(text())], { custom_id: long(101) })],
    ['no parts', modal([])],
    ['six parts', modal(Array.from({ length: 6 }, (_, at) => label(text({ custom_id: `${at}` }))))],
    ['two fields of one id', modal([label(text()), label(text())])],
    ['a bare text input', modal([text()])],
    ['a button', modal([label({ type: 2, custom_id: 'go', style: 1, label: 'Go' })])],
    ['a long label', modal([label(text(), { label: long(46) })])],
    ['a long description', modal([label(text(), { description: long(101) })])],
    ['a label inside of a label', modal([label(text({ label: 'Again' }))])],
    ['a disabled field', modal([label(menu({ disabled: true }))])],
    ['a text over its own limit', modal([label(text({ value: long(9), max_length: 8 }))])],
    ['a long placeholder', modal([label(text({ placeholder: long(101) }))])],
    ['a menu without options', modal([label(menu({ options: [] }))])],
    [
      'a menu of 26',
      modal([label(menu({ options: Array.from({ length: 26 }, (_, at) => option(`${at}`)) }))]),
    ],
    ['a value twice', modal([label(menu({ options: [option('a'), option('a')] }))])],
    [
      'two presets where one can be chosen',
      modal([label(menu({ options: [option('a', { default: true }), option('b', { default: true })] }))]),
    ],
    ['more to choose than there is', modal([label(menu({ max_values: 3 }))])],
    ['a required menu of none or more', modal([label(menu({ min_values: 0 }))])],
    ['a radio group of one', modal([label({ type: 21, custom_id: 'one', options: [option('a')] })])],
    [
      'a group of eleven checkboxes',
      modal([
        label({
          type: 22,
          custom_id: 'some',
          options: Array.from({ length: 11 }, (_, at) => option(`${at}`)),
        }),
      ]),
    ],
    ['a required checkbox', modal([label({ type: 23, custom_id: 'yes', required: true })])],
  ])('is refused with %s', (_, one) => {
    expect(() => checkModal(one)).toThrow(expect.objectContaining({ status: 400, code: 50_035 }));
  });
});

describe('filling one in', () => {
  const open = (components: readonly object[]) => ({ id: '1', modal: modal(components), source: undefined });

  it('keeps what is left out, and sends what was chosen', () => {
    const form = open([
      label(text({ value: 'Ada' })),
      label(menu({ max_values: 2, options: [option('mon', { default: true }), option('tue')] })),
      label({ type: 21, custom_id: 'one', options: [option('a'), option('b')] }),
    ]);

    expect(buildSubmission(form, { one: 'b' })).toEqual({
      custom_id: 'form',
      components: [
        { type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'name', value: 'Ada' } },
        { type: 18, id: 3, component: { type: 3, id: 4, custom_id: 'day', values: ['mon'] } },
        { type: 18, id: 5, component: { type: 21, id: 6, custom_id: 'one', value: 'b' } },
      ],
    });
  });

  it.each([
    ['nothing where something is required', [label(text())], {}, 'Name: this is required'],
    ['too much text', [label(text({ max_length: 2 }))], { name: 'abc' }, 'Name: that is too long'],
    ['no option', [label(menu())], {}, 'Name: choose more'],
    ['two options where one can be', [label(menu())], { day: ['mon', 'tue'] }, 'Name: choose fewer'],
    ['an option that is not there', [label(menu())], { day: 'sun' }, 'Name: that is no option'],
    ['a field that is not there', [label(text())], { name: 'a', other: 'b' }, 'The form has no field other'],
  ])('is not possible with %s', (_, components, filled, words) => {
    expect(() => buildSubmission(open(components), filled)).toThrow(words);
  });

  it('shows again what the first form of the same id held, as phones do', () => {
    const modals = createModals();
    const first = { id: '1', modal: modal([label(text({ value: 'old' }))]), source: undefined };
    modals.open('ada', first);

    const again = modals.open('ada', { ...first, id: '2', modal: modal([label(text({ value: 'new' }))]) });

    expect(JSON.stringify(again)).toContain('old');
    expect(() => modals.find('ada', '1')).toThrow('not open any more');
  });
});
