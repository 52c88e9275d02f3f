import { element, link } from './element.js';
import { renderEmbed } from './embed.js';
import { renderFile, renderPart } from './layout.js';
import { markdown } from './markdown.js';
import { sayWhen } from './timestamp.js';

const EPHEMERAL = 64;
const LOADING = 128;
const STYLES = ['', 'primary', 'secondary', 'success', 'danger', 'link'];
const BUTTON = 2;
const LINK_STYLE = 5;

export const isEphemeral = ({ flags }) => (flags & EPHEMERAL) !== 0;

function button(data, act) {
  const text = [data.emoji?.name, data.label].filter(Boolean).join(' ');
  if (data.style === LINK_STYLE) {
    const made = link(data.url, text, element('span', { 'aria-hidden': 'true' }, ' ↗'));
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

function menu(data, act) {
  const several = (data.max_values ?? 1) > 1;
  const placeholder = data.placeholder ?? 'Make a selection';
  const made = element('select', {
    className: 'menu',
    'aria-label': placeholder,
    disabled: data.disabled === true,
    multiple: several,
  });
  if (!several) made.append(element('option', { value: '' }, placeholder));
  for (const { label, value, description, default: chosen } of data.options ?? []) {
    const text = description ? `${label} · ${description}` : label;
    made.append(element('option', { value, selected: chosen === true }, text));
  }
  const choose = () => {
    const values = [...made.selectedOptions].map(({ value }) => value).filter((value) => value !== '');
    if (values.length > 0) void act.choose(data.custom_id, values, made);
    if (!several) made.value = data.options?.find((one) => one.default)?.value ?? '';
  };
  if (!several) {
    made.addEventListener('change', choose);
    return made;
  }
  const apply = element('button', { type: 'button', className: 'button primary' }, 'Apply');
  apply.addEventListener('click', choose);
  return element('div', { className: 'several' }, made, apply);
}

function row({ components }, act) {
  const controls = components.map((one) => (one.type === BUTTON ? button(one, act) : menu(one, act)));
  return element('div', { className: 'row' }, ...controls);
}

function head({ author, timestamp }) {
  return element(
    'header',
    {},
    element('span', { className: 'name' }, author.global_name ?? author.username),
    author.bot ? element('span', { className: 'tag' }, 'BOT') : undefined,
    element('time', { dateTime: timestamp }, sayWhen(timestamp)),
  );
}

function avatar({ username, bot }) {
  const letter = (username[0] ?? '?').toUpperCase();
  return element('div', { className: bot ? 'avatar bot' : 'avatar', 'aria-hidden': 'true' }, letter);
}

/** Under a message that has a thread, the way there. */
function threadLink(thread, open) {
  const count = thread.message_count;
  const made = element(
    'button',
    { type: 'button', className: 'thread-link' },
    element('b', {}, thread.name),
    element('span', {}, count === 1 ? '1 message ›' : `${count} messages ›`),
  );
  made.addEventListener('click', open);
  return made;
}

/** One message; `act` has `press`, `choose`, `dismiss` and `openThread`. */
export function renderMessage(message, names, { act, follows }) {
  const loading = (message.flags & LOADING) !== 0;
  const content = element('div', { className: 'content' }, ...markdown(message.content, names));
  if (loading) content.append(element('span', { className: 'thinking' }, 'Paperboy is thinking…'));
  else if (message.edited_timestamp && message.content !== '' && !isEphemeral(message))
    content.append(element('span', { className: 'edited' }, '(edited)'));
  const thread = message.channel_id === message.id ? undefined : names.channels[message.id];
  const body = element(
    'div',
    { className: 'body' },
    follows ? undefined : head(message),
    content.hasChildNodes() ? content : undefined,
    ...message.embeds.map((embed) => renderEmbed(embed, names)),
    ...message.attachments.map(renderFile),
    ...message.components.map((one) => renderPart(one, names, (controls) => row(controls, act))),
    thread === undefined ? undefined : threadLink(thread, () => act.openThread()),
  );
  if (isEphemeral(message)) {
    const dismiss = element('button', { type: 'button', className: 'dismiss' }, 'Dismiss message');
    dismiss.addEventListener('click', () => act.dismiss());
    body.append(element('p', { className: 'only-you' }, 'Only you can see this · ', dismiss));
  }
  const classes = ['message', follows ? 'follows' : '', isEphemeral(message) ? 'ephemeral' : ''];
  const made = element(
    'article',
    { className: classes.join(' ').trim(), 'aria-label': `Message from ${message.author.global_name}` },
    follows ? undefined : avatar(message.author),
    body,
  );
  made.dataset.id = message.id;
  return made;
}
