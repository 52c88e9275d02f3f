import { makeCombobox } from './combobox.js';
import { element } from './element.js';
import { makeOptionField } from './option-field.js';

const SLASH = 1;
const GROUPS = [1, 2];

/** All that can be typed: a command, or each of its subcommands. */
function listLines(commands) {
  const flatten = (name, description, options) => {
    const nested = options.filter(({ type }) => GROUPS.includes(type));
    if (nested.length === 0) return [{ name, description, options }];
    return nested.flatMap((one) => flatten(`${name} ${one.name}`, one.description, one.options ?? []));
  };
  return commands
    .filter(({ type }) => type === SLASH)
    .flatMap(({ name, description, options }) => flatten(name, description, options ?? []))
    .toSorted((left, right) => left.name.localeCompare(right.name));
}

const OPTION = /(\w[\w-]*):\s*([\s\S]*?)(?=\s+\w[\w-]*:|$)/g;

/**
 * The box at the bottom: lists commands after a slash, then has a field for each option. `getPlace()` gives state,
 * guildId and the commands of the place; `run(name, options)` and `suggest(name, options, focused)` ask the bot.
 */
export function makeComposer({ getPlace, run, suggest }) {
  const form = document.querySelector('#composer');
  const line = document.querySelector('#line');
  const panel = document.querySelector('#options');
  const error = document.querySelector('#error');
  let picked;
  let fields = [];

  const lines = () => listLines(getPlace().commands);
  const showError = (text) => {
    error.textContent = text;
    error.hidden = text === '';
  };
  function unpick() {
    picked = undefined;
    fields = [];
    panel.replaceChildren();
    panel.hidden = true;
  }
  function clear() {
    unpick();
    line.value = '';
    showError('');
  }
  function readOptions() {
    return Object.fromEntries(
      fields.map(({ name, read }) => [name, read()]).filter(([, value]) => value !== undefined),
    );
  }
  function pick(command) {
    unpick();
    picked = command;
    line.value = `/${command.name}`;
    const { state, guildId } = getPlace();
    const ask = (focused) => suggest(command.name, { [focused]: '', ...readOptions() }, focused);
    const ordered = command.options.toSorted(
      (left, right) => Number(right.required ?? false) - Number(left.required ?? false),
    );
    fields = ordered.map((option) => makeOptionField(option, { state, guildId, suggest: ask }));
    panel.append(
      element('p', { className: 'about' }, element('b', {}, `/${command.name}`), ` ${command.description}`),
    );
    panel.append(...fields.map(({ box }) => box));
    panel.hidden = false;
  }
  /** Moves each `name: value` from the line to its field, and the focus with it. */
  function takeOptions(rest) {
    for (const [all, name, value] of rest.matchAll(OPTION)) {
      const field = fields.find((one) => one.name === name);
      if (field === undefined) continue;
      field.write(value.trim());
      field.control.focus();
      line.value = line.value.replace(all, '').trimEnd();
    }
  }
  function pickWith(command, rest) {
    pick(command);
    if (rest !== '') line.value += ` ${rest}`;
    takeOptions(rest);
    if (fields[0]?.control.required && document.activeElement === line) {
      fields[0].write(rest);
      fields[0].control.focus();
      line.value = `/${command.name}`;
    }
  }
  /** What was typed after the command without an option's name is the value of its only option. */
  function takeRest(command) {
    const rest = line.value
      .trim()
      .slice(command.name.length + 1)
      .trim();
    if (rest === '') return true;
    if (fields.length === 1) fields[0].write(rest);
    else
      showError(
        fields.length === 0
          ? `/${command.name} has no options.`
          : `Name the option, as in ${fields[0].name}: ${rest}`,
      );
    return fields.length === 1;
  }
  async function send() {
    showError('');
    const text = line.value.trim();
    const exact = lines().find(({ name }) => text === `/${name}`);
    if (!text.startsWith('/')) {
      if (text !== '') showError('The bot answers slash commands. Type / to see them.');
      return;
    }
    const command = picked ?? exact;
    if (command === undefined) {
      showError(`There is no command ${text}`);
      return;
    }
    if (picked === undefined) pick(command);
    if (!takeRest(command)) return;
    const missing = fields.find(({ control }) => !control.checkValidity());
    if (missing) {
      missing.control.focus();
      showError(`${missing.name}: ${missing.control.validationMessage}`);
      return;
    }
    const options = readOptions();
    clear();
    line.focus();
    await run(command.name, options);
  }

  const suggestions = makeCombobox(line, {
    label: 'Commands',
    load(text) {
      if (!text.startsWith('/') || picked) return [];
      return lines()
        .filter(({ name }) => `/${name}`.startsWith(text))
        .map((command) => ({ name: `/${command.name}`, hint: command.description, command }));
    },
    choose({ name, command }, key) {
      if (key === 'Enter' && line.value === name) void send();
      else pickWith(command, '');
    },
  });
  line.addEventListener('input', () => {
    showError('');
    if (picked) {
      const start = `/${picked.name}`;
      if (line.value === start) return;
      if (line.value.startsWith(`${start} `)) {
        takeOptions(line.value.slice(start.length + 1));
        return;
      }
      unpick();
    }
    const command = lines()
      .toSorted((left, right) => right.name.length - left.name.length)
      .find(({ name }) => line.value.startsWith(`/${name} `));
    if (command === undefined) return;
    suggestions.close();
    pickWith(command, line.value.slice(command.name.length + 2));
    if (document.activeElement === line && line.value === `/${command.name}`) line.value += ' ';
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      clear();
      line.focus();
    }
    if (event.key !== 'Enter' || event.isComposing || event.target.type === 'submit') return;
    event.preventDefault();
    void send();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  form.noValidate = true;
  return {
    showError,
    clear,
    /** Begins a command as if its name had been typed. */
    begin(name) {
      line.focus();
      line.value = `/${name} `;
      line.dispatchEvent(new Event('input'));
    },
  };
}
