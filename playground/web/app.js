import { makeComposer } from './composer.js';
import { element } from './element.js';
import { isEphemeral, renderMessage } from './message.js';
import { keepRelativeTimes } from './timestamp.js';

const DIRECT = 1;
const THREAD = 11;
const GROUP_MS = 7 * 60_000;
const NEAR_END = 120;

const find = (id) => document.querySelector(`#${id}`);
const log = find('messages');
const dismissed = new Set();
const shown = new Map();
let state;
/** Whether the newest message is in view, and so stays there. */
let following = true;
let channelId = location.hash.slice(1);

const chosenPerson = () => document.querySelector('input[name=as]:checked').value;
const personId = () => (chosenPerson() === 'admin' ? state.adminId : state.memberId);

async function post(path, body) {
  const response = await fetch(`/playground/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: chosenPerson(), channelId, ...body }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function attempt(path, body) {
  try {
    composer.showError('');
    return await post(path, body);
  } catch (error) {
    composer.showError(error.message);
    return undefined;
  }
}

const composer = makeComposer({
  getPlace: () => ({ state, guildId: state.channels[channelId]?.guild_id }),
  run: (name, options) => attempt('command', { name, options }),
  async suggest(name, options, focused) {
    const { choices = [] } = (await attempt('autocomplete', { name, options, focused })) ?? {};
    return choices;
  },
});

/** What the controls under a message do. */
function actOn(messageId) {
  const use = async (path, body, control) => {
    control.classList.add('waiting');
    await attempt(path, { messageId, ...body });
    control.classList.remove('waiting');
  };
  return {
    press: (customId, control) => use('press', { customId }, control),
    choose: (customId, values, control) => use('choose', { customId, values }, control),
    dismiss() {
      dismissed.add(messageId);
      renderMessages();
    },
  };
}

function visibleChannels(guildId) {
  const all = Object.values(state.channels).filter((one) => one.guild_id === guildId);
  if (guildId === undefined)
    return all.filter(
      ({ type, recipients }) => type === DIRECT && recipients?.some(({ id }) => id === personId()),
    );
  const threads = all.filter(({ type }) => type === THREAD);
  return all
    .filter(({ type }) => type !== THREAD)
    .flatMap((one) => [one, ...threads.filter(({ parent_id: parent }) => parent === one.id)]);
}

function channelLabel(channel) {
  return channel.type === DIRECT ? state.bot.global_name : channel.name;
}

function openChannel(id) {
  channelId = id;
  history.replaceState(null, '', `#${id}`);
  composer.unpick();
  composer.showError('');
  render();
  log.scrollTop = log.scrollHeight;
}

function guildButton(guildId, name) {
  const letters = name
    .split(/\s+/)
    .map((word) => word[0])
    .join('')
    .slice(0, 3);
  const current = state.channels[channelId]?.guild_id === guildId;
  const made = element(
    'button',
    {
      type: 'button',
      className: guildId === undefined ? 'guild direct' : 'guild',
      title: name,
      'aria-label': name,
      'aria-current': String(current),
    },
    letters,
  );
  made.addEventListener('click', () => openChannel(visibleChannels(guildId)[0]?.id ?? channelId));
  return made;
}

function channelButton(channel) {
  const made = element(
    'button',
    {
      type: 'button',
      className: channel.type === THREAD ? 'channel thread' : 'channel',
      'aria-current': String(channel.id === channelId),
    },
    element('span', { className: 'hash', 'aria-hidden': 'true' }, channel.type === DIRECT ? '@' : '#'),
    channelLabel(channel),
  );
  made.addEventListener('click', () => openChannel(channel.id));
  return made;
}

function renderSides() {
  const guilds = Object.values(state.guilds);
  if (state.channels[channelId] === undefined)
    channelId = guilds.flatMap(({ id }) => visibleChannels(id))[0]?.id ?? '';
  const channel = state.channels[channelId];
  const guild = state.guilds[channel?.guild_id];
  const direct = visibleChannels(undefined).length > 0 ? [guildButton(undefined, 'Direct messages')] : [];
  find('guilds').replaceChildren(...direct, ...guilds.map(({ id, name }) => guildButton(id, name)));
  find('guild-name').textContent = guild?.name ?? 'Direct messages';
  find('channels').replaceChildren(...visibleChannels(channel?.guild_id).map(channelButton));
  const name = channel ? channelLabel(channel) : '';
  find('channel-name').textContent = name;
  find('line').placeholder = `Message ${channel?.type === DIRECT ? '@' : '#'}${name} · type / for commands`;
}

function followsOn(message, before) {
  return (
    before !== undefined &&
    before.author.id === message.author.id &&
    isEphemeral(before) === isEphemeral(message) &&
    !isEphemeral(message) &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUP_MS
  );
}

/** Nodes of messages that are as before stay, so that focus and pictures do. */
function renderMessages() {
  const me = personId();
  const seen = (state.messages[channelId] ?? []).filter(
    ({ id, ephemeral_for: only }) => (only ?? me) === me && !dismissed.has(id),
  );
  const nodes = seen.map((message, index) => {
    const follows = followsOn(message, seen[index - 1]);
    const key = JSON.stringify([message, follows]);
    const known = shown.get(message.id);
    if (known?.key === key) return known.node;
    const node = renderMessage(message, state, { act: actOn(message.id), follows });
    shown.set(message.id, { key, node });
    return node;
  });
  for (const gone of [...log.children].filter((node) => !nodes.includes(node))) gone.remove();
  for (const [index, node] of nodes.entries())
    if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null);
  if (nodes.length === 0) log.replaceChildren(element('p', { className: 'empty' }, 'No messages here yet.'));
  if (following) log.scrollTop = log.scrollHeight;
}

function render() {
  renderSides();
  renderMessages();
}

for (const one of document.querySelectorAll('input[name=as]')) one.addEventListener('change', render);
log.addEventListener('scroll', () => {
  following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
});
new ResizeObserver(() => {
  if (following) log.scrollTop = log.scrollHeight;
}).observe(log);
const events = new EventSource('/playground/events');
events.addEventListener('message', ({ data }) => {
  state = JSON.parse(data);
  render();
});
events.addEventListener('error', () =>
  composer.showError('The playground does not answer. Is it still running?'),
);
events.addEventListener('open', () => composer.showError(''));
keepRelativeTimes();
