import { listChannels } from './choices.js';
import { element } from './element.js';

const TYPE = { menu: 3, text: 4, channel: 8, label: 18, radio: 21, checks: 22, check: 23 };
const LONG = 2;

function makeText(field, name) {
  const isLong = field.style === LONG;
  const control = element(isLong ? 'textarea' : 'input', {
    value: field.value ?? '',
    placeholder: field.placeholder ?? '',
    maxLength: field.max_length ?? 4000,
    minLength: field.min_length ?? 0,
    required: field.required ?? true,
    'aria-label': name,
  });
  return { control, read: () => control.value };
}

function makeMenu(options, { required, name, placeholder }) {
  const control = element('select', { required, 'aria-label': name });
  if (!required || !options.some((one) => one.default))
    control.append(element('option', { value: '' }, placeholder ?? '—'));
  for (const one of options)
    control.append(element('option', { value: one.value, defaultSelected: one.default ?? false }, one.label));
  return { control, read: () => (control.value === '' ? [] : [control.value]) };
}

/** A box for each option; with `type: 'radio'` one of them. */
function makeBoxes(options, { name, type, isRequired = false }) {
  const boxes = options.map((one) => ({
    one,
    box: element('input', {
      type,
      name,
      value: one.value,
      checked: one.default ?? false,
      required: isRequired && type === 'radio',
    }),
  }));
  const control = element(
    'div',
    { className: 'form-boxes', role: type === 'radio' ? 'radiogroup' : 'group', 'aria-label': name },
    ...boxes.map(({ one, box }) => element('label', {}, box, element('span', {}, one.label))),
  );
  return { control, read: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) };
}

function makeField(field, name, place) {
  const required = field.required ?? true;
  if (field.type === TYPE.text) return makeText(field, name);
  if (field.type === TYPE.radio)
    return makeBoxes(field.options, { name, type: 'radio', isRequired: required });
  if (field.type === TYPE.checks || (field.type === TYPE.menu && (field.max_values ?? 1) > 1))
    return makeBoxes(field.options, { name, type: 'checkbox' });
  if (field.type === TYPE.menu)
    return makeMenu(field.options, { required, name, placeholder: field.placeholder });
  if (field.type === TYPE.channel) {
    const channels = listChannels(place.state, place.guildId, field.channel_types);
    const options = channels.map((one) => ({ label: one.name, value: String(one.value) }));
    return makeMenu(options, { required, name, placeholder: field.placeholder });
  }
  const box = element('input', { type: 'checkbox', checked: field.default ?? false, 'aria-label': name });
  return { control: box, read: () => String(box.checked) };
}

function makePart(part, place) {
  if (part.type !== TYPE.label) return { box: element('p', { className: 'form-text' }, part.content) };
  const { label, description, component } = part;
  const field = makeField(component, label, place);
  const isGroup = field.control.classList.contains('form-boxes');
  const box = element(
    isGroup ? 'div' : 'label',
    { className: 'form-part' },
    element('span', { className: 'form-label' }, label),
    description ? element('span', { className: 'form-hint' }, description) : undefined,
    field.control,
  );
  return { box, id: component.custom_id, read: field.read };
}

/** Opens a form over the page. `submit(filled)` sends it, and raises what is refused; the form stays open then. */
export function openForm({ modal, place, submit }) {
  const parts = modal.components.map((part) => makePart(part, place));
  const error = element('p', { className: 'error', role: 'alert', hidden: true });
  const cancel = element('button', { type: 'button', className: 'form-cancel' }, 'Cancel');
  const send = element('button', { type: 'submit', className: 'form-submit' }, 'Submit');
  const form = element(
    'form',
    { className: 'form' },
    element('h2', {}, modal.title),
    ...parts.map(({ box }) => box),
    error,
    element('div', { className: 'form-end' }, cancel, send),
  );
  const dialog = element('dialog', { className: 'form-dialog', 'aria-label': modal.title }, form);
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const filled = Object.fromEntries(
      parts.filter(({ id }) => id !== undefined).map(({ id, read }) => [id, read()]),
    );
    send.disabled = true;
    submit(filled).then(
      () => dialog.close(),
      (problem) => {
        error.textContent = problem.message;
        error.hidden = false;
        send.disabled = false;
      },
    );
  });
  document.body.append(dialog);
  dialog.showModal();
}
