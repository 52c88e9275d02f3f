import { element } from './element.js';
import { threadsOf } from './places.js';
import { sayWhen } from './timestamp.js';

const EXCERPT = 180;

function excerptOf(message) {
  const { content = '', embeds: [embed] = [], components = [] } = message ?? {};
  const texts = components.flatMap(textsIn);
  const text = content || embed?.description || embed?.title || texts.join(' ');
  return text.replaceAll(/[*_`>#]|\]\([^)]*\)|\[/g, '').slice(0, EXCERPT);
}

function textsIn({ content, components = [] }) {
  return content === undefined ? components.flatMap(textsIn) : [content];
}

function tagsOf(forum, { applied_tags: applied = [] }) {
  return forum.available_tags
    .filter(({ id }) => applied.includes(id))
    .map(({ name }) => element('span', { className: 'forum-tag' }, name));
}

function postButton(state, forum, thread, open) {
  const [first] = state.messages[thread.id] ?? [];
  const count = thread.message_count;
  const about = [
    state.users[thread.owner_id]?.global_name,
    count === 0 ? undefined : count === 1 ? '1 message' : `${count} messages`,
    thread.thread_metadata.archived ? 'archived' : undefined,
  ].filter(Boolean);
  const made = element(
    'button',
    { type: 'button', className: 'post' },
    element('span', { className: 'post-tags' }, ...tagsOf(forum, thread)),
    element('span', { className: 'post-title' }, thread.name),
    element('span', { className: 'post-text' }, excerptOf(first)),
    element(
      'span',
      { className: 'post-about' },
      `${about.join(' · ')} · `,
      element('time', {}, sayWhen(thread.thread_metadata.create_timestamp)),
    ),
  );
  made.addEventListener('click', () => open(thread.id));
  return element('li', {}, made);
}

/** The posts of a forum, newest first. */
export function renderForum(state, forum, open) {
  const posts = threadsOf(state, forum.id);
  if (posts.length === 0)
    return element(
      'p',
      { className: 'empty' },
      'No posts here yet. To fill it, type /subscribe in another channel and choose this one.',
    );
  return element(
    'ul',
    { className: 'posts', 'aria-label': `Posts of ${forum.name}` },
    ...posts.map((thread) => postButton(state, forum, thread, open)),
  );
}
