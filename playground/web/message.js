import { element } from './element.js';
import { renderEmbed } from './embed.js';
import { renderPart } from './layout.js';
import { markdown } from './markdown.js';
import { renderAttachment } from './media.js';
import { isPollResult, renderPoll, renderPollResult } from './poll.js';
import { sayWhen } from './timestamp.js';

const EPHEMERAL = 64;
const LOADING = 128;
export const isEphemeral = ({ flags }) => (flags & EPHEMERAL) !== 0;

function head({ author, timestamp }) {
  return element(
    'header',
    {},
    element('span', { className: 'name' }, author.global_name ?? author.username),
    author.bot ? element('span', { className: 'tag' }, 'APP') : undefined,
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

/** One message; `act` has `press`, `choose`, `vote`, `dismiss` and `openThread`. */
export function renderMessage(message, names, { act, follows, me }) {
  const use = { act, names, guildId: names.channels[message.channel_id]?.guild_id };
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
    ...message.embeds.map((embed) =>
      isPollResult(embed) ? renderPollResult(embed) : renderEmbed(embed, names),
    ),
    message.poll === undefined
      ? undefined
      : renderPoll(message, { own: names.pollVotes[message.id]?.[me], vote: act.vote }),
    ...message.attachments.map(renderAttachment),
    ...message.components.map((one) => renderPart(one, use)),
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
  made.append(
    element('button', { type: 'button', className: 'more', title: 'More', 'aria-label': 'More' }, '⋯'),
  );
  return made;
}
