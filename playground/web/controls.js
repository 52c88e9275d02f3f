import { listChannels, listPeople, listRoles } from './choices.js';
import { element, link } from './element.js';

const BUTTON = 2;
const LINK_STYLE = 5;
const STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link'];
/** What a menu offers; people, roles and channels are Discord's to list. */
function listOptions(data, { names, guildId }) {
  const listed = {
    5: () => listPeople(names),
    6: () => listRoles(names, guildId),
    7: () => [...listPeople(names), ...listRoles(names, guildId)],
    8: () => listChannels(names, guildId, data.channel_types),
  }[data.type]?.();
  const chosen = new Set(data.default_values?.map(({ id }) => id));
  return (
    listed?.map(({ name, value }) => ({ label: name, value, default: chosen.has(value) })) ??
    data.options ??
    []
  );
}

export function renderButton(data, act) {
  const text = [data.emoji?.name, data.label].filter(Boolean).join(' ');
  if (data.style === LINK_STYLE) {
    const made = link(data.url, text, element('span', { className: 'away', 'aria-hidden': 'true' }, '↗'));
    made.classList.add('button', 'link');
    return made;
  }
  const made = element(
    'button',
    { type: 'button', className: `button ${STYLES[data.style] ?? ''}`, disabled: data.disabled === true },
    text,
  );
  made.addEventListener('click', () => void act.press(data.custom_id, made));
  return made;
}

function renderMenu(data, { act, ...place }) {
  const several = (data.max_values ?? 1) > 1;
  const placeholder = data.placeholder ?? 'Make a selection';
  const options = listOptions(data, place);
  const made = element('select', {
    className: 'menu',
    'aria-label': placeholder,
    disabled: data.disabled === true,
    multiple: several,
  });
  if (!several) made.append(element('option', { value: '' }, placeholder));
  for (const { label, value, description, default: chosen } of options) {
    const text = description ? `${label} · ${description}` : label;
    made.append(element('option', { value, selected: chosen === true }, text));
  }
  const choose = () => {
    const values = [...made.selectedOptions].map(({ value }) => value).filter((value) => value !== '');
    if (values.length > 0) void act.choose(data.custom_id, values, made);
    if (!several) made.value = options.find((one) => one.default)?.value ?? '';
  };
  if (!several) {
    made.addEventListener('change', choose);
    return made;
  }
  const apply = element('button', { type: 'button', className: 'button primary' }, 'Apply');
  apply.addEventListener('click', choose);
  return element('div', { className: 'several' }, made, apply);
}

/** A row of buttons, or one menu. `use` has the verbs (`act`), the `names` of ids, and the `guildId`. */
export function renderRow({ components }, use) {
  const controls = components.map((one) =>
    one.type === BUTTON ? renderButton(one, use.act) : renderMenu(one, use),
  );
  return element('div', { className: 'row' }, ...controls);
}
