import { element } from './element.js';
import { timestamp } from './timestamp.js';
import { canSee, channelsOf, guildsOf, isThread, nameOf, signOf } from './places.js';

/** Of an event: completed. */
const OVER = 3;
const DIRECT_NAME = 'Direct messages';
const find = (id) => document.querySelector(`#${id}`);

function initials(name) {
  return name
    .split(/\s+/)
    .map((word) => word[0])
    .join('')
    .slice(0, 3);
}

function guildButton({ name, isOpen, isDirect = false }, open) {
  const made = element(
    'button',
    {
      type: 'button',
      className: isDirect ? 'guild direct' : 'guild',
      title: name,
      'aria-label': name,
      'aria-current': String(isOpen),
    },
    isDirect ? '@' : initials(name),
  );
  made.addEventListener('click', open);
  return made;
}

function channelButton({ channel, name, isOpen }, open) {
  const archived = channel.thread_metadata?.archived === true;
  const made = element(
    'button',
    {
      type: 'button',
      className: isThread(channel) ? 'channel thread' : 'channel',
      title: name,
      'aria-current': String(isOpen),
    },
    element('span', { className: 'hash', 'aria-hidden': 'true' }, signOf(channel)),
    element('span', { className: 'channel-name' }, archived ? `${name} (archived)` : name),
  );
  made.addEventListener('click', open);
  return made;
}

const IN_DISCORD = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)/;

/** An event of a server; the thread where it takes place is a click away. */
function eventButton({ name, scheduled_start_time: start, entity_metadata: place, channel_id: voice }, open) {
  const made = element(
    'button',
    { type: 'button', className: 'event', title: name },
    timestamp(Date.parse(start) / 1000),
    element('b', {}, name),
  );
  const [, channelId = voice ?? undefined] = IN_DISCORD.exec(place?.location ?? '') ?? [];
  made.addEventListener('click', () => open(channelId));
  return made;
}

/** Nodes are made anew with each change of the world; the focus stays where it was. */
function replace(parent, nodes) {
  const at = [...parent.children].indexOf(document.activeElement);
  parent.replaceChildren(...nodes);
  if (at >= 0) parent.children[at]?.focus();
}

const PEOPLE = {
  admin: 'you run this server and choose what its channels get.',
  member: 'you are a member of this server: you search, and follow topics by DM.',
  visitor: 'you share no server with the bot, and installed it for yourself.',
};

/** The servers and channels of a person; `open(id)` shows a channel, `openDirect()` the talk with the bot. */
export function renderSides({ state, person, me, channel, open, openDirect }) {
  find('person-about').textContent = `As ${state.users[me].global_name}, ${PEOPLE[person]}`;
  const guildId = channel?.guild_id;
  const guilds = guildsOf(state, me);
  const isDirectOpen = channel !== undefined && guildId === undefined;
  replace(find('guilds'), [
    guildButton({ name: DIRECT_NAME, isOpen: isDirectOpen, isDirect: true }, openDirect),
    ...guilds.map(({ id, name }) =>
      guildButton({ name, isOpen: id === guildId }, () => open(firstChannel(state, me, id)?.id)),
    ),
  ]);
  const listed = channelsOf(state, { me, guildId, openId: channel?.id });
  replace(
    find('channels'),
    listed.map((one) =>
      channelButton({ channel: one, name: nameOf(state, me, one), isOpen: one.id === channel?.id }, () =>
        open(one.id),
      ),
    ),
  );
  const events = (state.events[guildId] ?? []).filter(({ status }) => status < OVER);
  replace(
    find('events'),
    events.map((one) => eventButton(one, open)),
  );
  const guild = state.guilds[guildId];
  find('guild-name').textContent = guild?.name ?? DIRECT_NAME;
  find('note').textContent =
    guild !== undefined && guild.members[state.bot.id] === undefined
      ? `${state.bot.global_name} is not in this server`
      : 'A local stand-in for Discord';
}

function firstChannel(state, me, guildId) {
  return channelsOf(state, { me, guildId })[0];
}

/** The channel to show: the wanted one, as long as that person can see it. */
export function chooseChannel(state, me, wanted) {
  const channel = state.channels[wanted];
  if (canSee(state, me, channel)) return channel;
  return guildsOf(state, me)
    .map(({ id }) => firstChannel(state, me, id))
    .find((one) => one !== undefined);
}
