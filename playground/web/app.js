import { makeComposer } from './composer.js';
import { openForm } from './form-dialog.js';
import { renderForum } from './forum.js';
import { makeMessageLog } from './message-log.js';
import { makeMessageMenu } from './message-menu.js';
import { commandsOf, FORUM, isDirect, isThread, nameOf, signOf } from './places.js';
import { chooseChannel, renderSides } from './sides.js';
import { makeStarters } from './starters.js';
import { keepRelativeTimes } from './timestamp.js';
import { packCommand, withoutFiles } from './upload.js';

const MESSAGE_COMMAND = 3;
const PERSON = 'playground-person';
const find = (id) => document.querySelector(`#${id}`);
const people = [...document.querySelectorAll('input[name=as]')];
let state;
let channel;
let wanted = location.hash.slice(1);

const chosenPerson = () => people.find(({ checked }) => checked).value;
const personId = () => state[`${chosenPerson()}Id`];

async function post(path, body) {
  const response = await fetch(`/playground/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: chosenPerson(), channelId: channel?.id, ...body }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function attempt(path, body) {
  try {
    composer.showError('');
    const answer = await post(path, await body);
    if (answer.form !== undefined) showForm(answer.form);
    return answer;
  } catch (error) {
    composer.showError(error.message);
    return undefined;
  }
}

function showForm({ id, modal }) {
  const place = { state, guildId: channel?.guild_id };
  openForm({ modal, place, submit: (filled) => post('submit', { formId: id, filled }) });
}

const commands = () => (channel === undefined ? [] : commandsOf(state, personId(), channel));
/** The answer to a command is the newest message, so the log goes there. */
function ask(path, body) {
  log.follow();
  return attempt(path, body);
}
const run = (name, options) => ask('command', packCommand(name, options));
const composer = makeComposer({
  getPlace: () => ({ state, guildId: channel?.guild_id, commands: commands() }),
  run,
  async suggest(name, options, focused) {
    const body = { name, options: withoutFiles(options), focused };
    const { choices = [] } = (await attempt('autocomplete', body)) ?? {};
    return choices;
  },
});

find('messages').addEventListener('click', ({ target }) => {
  const { command } = target.closest('[data-command]')?.dataset ?? {};
  if (command !== undefined) composer.begin(command);
});
const log = makeMessageLog(find('messages'), (messageId) => {
  const use = async (path, body, control) => {
    control.classList.add('waiting');
    await attempt(path, { messageId, ...body });
    control.classList.remove('waiting');
  };
  return {
    press: (customId, control) => use('press', { customId }, control),
    choose: (customId, values, control) => use('choose', { customId, values }, control),
    vote: (answerId) => attempt('vote', { messageId, answerId }),
    openThread: () => openChannel(messageId),
    dismiss() {
      log.dismiss(messageId);
      render();
    },
  };
});

const starters = makeStarters(find('starters'), { run, begin: composer.begin });
makeMessageMenu(find('messages'), {
  list: () =>
    commands()
      .filter(({ type }) => type === MESSAGE_COMMAND)
      .map(({ name }) => name),
  use: (name, messageId) => ask('message-command', { name, messageId }),
});

function openChannel(id) {
  if (id === undefined) return;
  wanted = id;
  composer.clear();
  log.follow();
  render();
}

async function openDirect() {
  const answer = await attempt('direct');
  openChannel(answer?.channelId);
}

function renderTop() {
  const name = channel === undefined ? '' : nameOf(state, personId(), channel);
  const parent = channel !== undefined && isThread(channel) ? state.channels[channel.parent_id] : undefined;
  find('back').hidden = parent === undefined;
  find('back').textContent = parent === undefined ? '' : `${signOf(parent)} ${parent.name} ›`;
  find('sign').textContent = channel === undefined ? '' : signOf(channel);
  find('channel-name').textContent = name;
  const isForum = channel?.type === FORUM;
  find('composer').hidden = isForum;
  starters.show(isForum ? [] : commands());
  const mark = channel !== undefined && isDirect(channel) ? '@' : '#';
  find('line').placeholder = `Message ${mark}${name} (/ for commands)`;
}

function render() {
  if (state === undefined) return;
  const me = personId();
  channel = chooseChannel(state, me, wanted);
  history.replaceState(null, '', `#${channel?.id ?? ''}`);
  renderSides({ state, person: chosenPerson(), me, channel, open: openChannel, openDirect });
  renderTop();
  if (channel?.type === FORUM) log.showList(renderForum(state, channel, openChannel));
  else log.showMessages(state, channel, me);
}

for (const one of people) {
  one.checked = one.value === (sessionStorage.getItem(PERSON) ?? 'admin');
  one.addEventListener('change', () => {
    sessionStorage.setItem(PERSON, one.value);
    composer.clear();
    log.follow();
    render();
  });
}
find('back').addEventListener('click', () => openChannel(channel.parent_id));
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
