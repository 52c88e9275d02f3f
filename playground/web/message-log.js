import { element } from './element.js';
import { isEphemeral, renderMessage } from './message.js';

const GROUP_MS = 7 * 60_000;
const NEAR_END = 120;

function followsOn(message, before) {
  return (
    before !== undefined &&
    before.author.id === message.author.id &&
    isEphemeral(before) === isEphemeral(message) &&
    !isEphemeral(message) &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUP_MS
  );
}

/** The messages of a channel, which keep to the newest as long as that is in view. `act(messageId)` gives their verbs. */
export function makeMessageLog(log, act) {
  const shown = new Map();
  const dismissed = new Set();
  let following = true;

  log.addEventListener('scroll', () => {
    following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  });
  const keepPlace = () => {
    if (following) log.scrollTop = log.scrollHeight;
  };
  new ResizeObserver(keepPlace).observe(log);

  function nodeOf(message, state, { follows, me }) {
    const thread = state.channels[message.id];
    const own = state.pollVotes[message.id]?.[me];
    const key = JSON.stringify([message, follows, own, thread?.name, thread?.message_count]);
    const known = shown.get(message.id);
    if (known?.key === key) return known.node;
    const node = renderMessage(message, state, { act: act(message.id), follows, me });
    shown.set(message.id, { key, node });
    return node;
  }

  return {
    dismiss: (messageId) => dismissed.add(messageId),
    /** Keeps to the newest message from here on: in another channel, and after a command. */
    follow() {
      following = true;
    },
    showList(list) {
      log.replaceChildren(list);
    },
    /** Nodes of messages that are as before stay, so that focus and pictures do. */
    showMessages(state, channel, me) {
      const seen = (state.messages[channel?.id] ?? []).filter(
        ({ id, ephemeral_for: only }) => (only ?? me) === me && !dismissed.has(id),
      );
      const nodes = seen.map((message, index) =>
        nodeOf(message, state, { follows: followsOn(message, seen[index - 1]), me }),
      );
      for (const gone of [...log.children].filter((node) => !nodes.includes(node))) gone.remove();
      for (const [index, node] of nodes.entries())
        if (log.children[index] !== node) log.insertBefore(node, log.children[index] ?? null);
      if (nodes.length === 0)
        log.replaceChildren(element('p', { className: 'empty' }, 'No messages here yet.'));
      keepPlace();
    },
  };
}
