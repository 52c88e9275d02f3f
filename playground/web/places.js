export const DIRECT = 1;
export const GROUP = 3;
export const CATEGORY = 4;
export const FORUM = 15;
const THREADS = [10, 11];
/** Of the threads under a channel, how many are listed. */
const LISTED = 5;

export const isThread = ({ type }) => THREADS.includes(type);
export const isDirect = ({ type }) => type === DIRECT || type === GROUP;
const isWithBot = ({ type, recipients }) => type === DIRECT && recipients.length === 1;

export function guildsOf(state, me) {
  return Object.values(state.guilds).filter(({ members }) => members[me] !== undefined);
}

/** The threads of a channel, newest first. */
export function threadsOf(state, channelId) {
  return Object.values(state.channels)
    .filter((one) => isThread(one) && one.parent_id === channelId)
    .toSorted((one, other) => Number(BigInt(other.id) - BigInt(one.id)));
}

function directOf(state, me) {
  return Object.values(state.channels).filter(
    (one) => isDirect(one) && one.recipients.some(({ id }) => id === me),
  );
}

/** What the side lists of a guild, or of the conversations of a person: each channel, then some of its threads. */
export function channelsOf(state, { me, guildId, openId }) {
  if (guildId === undefined) return directOf(state, me);
  return Object.values(state.channels)
    .filter((one) => one.guild_id === guildId && !isThread(one) && one.type !== CATEGORY)
    .flatMap((one) => {
      const most = one.type === FORUM ? 0 : LISTED;
      const threads = threadsOf(state, one.id).filter(
        ({ id, thread_metadata: thread }, at) => id === openId || (at < most && !thread.archived),
      );
      return [one, ...threads];
    });
}

export function canSee(state, me, channel) {
  if (channel === undefined) return false;
  if (isDirect(channel)) return channel.recipients.some(({ id }) => id === me);
  return state.guilds[channel.guild_id]?.members[me] !== undefined;
}

export function nameOf(state, me, channel) {
  if (!isDirect(channel)) return channel.name;
  if (isWithBot(channel)) return state.bot.global_name;
  return channel.recipients
    .filter(({ id }) => id !== me)
    .map(({ global_name: name }) => name)
    .join(', ');
}

export function signOf(channel) {
  if (isDirect(channel)) return '@';
  if (isThread(channel)) return '↳';
  return channel.type === FORUM ? '≡' : '#';
}

/** Commands that can be used in a place: https://discord.com/developers/docs/interactions/application-commands#interaction-contexts */
export function commandsOf(state, me, channel) {
  const hasBot = state.guilds[channel.guild_id]?.members[state.bot.id] !== undefined;
  const context = isDirect(channel) ? (isWithBot(channel) ? 1 : 2) : 0;
  const isPersonal = state.userInstalls.includes(me);
  const shares = guildsOf(state, me).some(({ members }) => members[state.bot.id] !== undefined);
  const installed = [hasBot || (context === 1 && shares), isPersonal];
  return state.commands.filter(
    ({ contexts, integration_types: types }) =>
      (contexts ?? [0, 1, 2]).includes(context) && (types ?? [0, 1]).some((type) => installed[type]),
  );
}
