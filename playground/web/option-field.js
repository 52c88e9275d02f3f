import { listChannels, listPeople, listRoles } from './choices.js';
import { makeCombobox } from './combobox.js';
import { element } from './element.js';

const TYPE = { integer: 4, boolean: 5, user: 6, channel: 7, role: 8, number: 10, file: 11 };
const WAIT_MS = 120;

function listChoices(option, state, guildId) {
  if (option.choices?.length) return option.choices;
  if (option.type === TYPE.boolean)
    return [
      { name: 'yes', value: 'true' },
      { name: 'no', value: 'false' },
    ];
  if (option.type === TYPE.channel) return listChannels(state, guildId, option.channel_types);
  if (option.type === TYPE.role) return listRoles(state, guildId);
  if (option.type === TYPE.user) return listPeople(state);
  return undefined;
}

function makeSelect(option, choices) {
  const control = element('select', { 'aria-label': option.name }, element('option', { value: '' }, '—'));
  for (const { name, value } of choices) control.append(element('option', { value: String(value) }, name));
  return control;
}

function makeInput(option) {
  if (option.type === TYPE.file) return element('input', { type: 'file', 'aria-label': option.name });
  const numeric = option.type === TYPE.integer || option.type === TYPE.number;
  return element('input', {
    type: numeric ? 'number' : 'text',
    step: option.type === TYPE.number ? 'any' : undefined,
    min: option.min_value,
    max: option.max_value,
    placeholder: option.description ?? '',
    spellcheck: false,
    'aria-label': option.name,
  });
}

function typed(option, text) {
  if (option.type === TYPE.integer || option.type === TYPE.number) return Number(text);
  return option.type === TYPE.boolean ? text === 'true' : text;
}

/**
 * One `name: value` of a command. `suggest(name)` asks the bot; `read` gives undefined when nothing is chosen, and a
 * `File` of an option that takes one.
 */
export function makeOptionField(option, { state, guildId, suggest }) {
  const choices = listChoices(option, state, guildId);
  const control = choices ? makeSelect(option, choices) : makeInput(option);
  const box = element(
    'label',
    { className: option.required ? 'option required' : 'option', title: option.description ?? '' },
    element('span', { className: 'option-name' }, option.name),
    element('span', { className: 'option-value' }, control),
  );
  if (option.required) control.required = true;
  let chosen;
  if (option.autocomplete) {
    let latest = 0;
    makeCombobox(control, {
      label: `Choices for ${option.name}`,
      async load(text) {
        if (chosen?.name === text) return [];
        latest += 1;
        const mine = latest;
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
        return mine === latest ? await suggest(option.name) : [];
      },
      choose(choice) {
        chosen = choice;
        control.value = choice.name;
      },
    });
  }
  return {
    box,
    control,
    name: option.name,
    /** Takes what was typed: the name of a choice, or its value. A file can only be chosen. */
    write(text) {
      if (option.type === TYPE.file) return;
      const match = choices?.find(
        ({ name, value }) => name === text || String(value) === text || name.replaceAll(' ', '') === text,
      );
      control.value = match ? String(match.value) : text;
    },
    read() {
      if (control.value === '') return undefined;
      if (option.type === TYPE.file) return control.files[0];
      return chosen?.name === control.value ? chosen.value : typed(option, control.value);
    },
  };
}
