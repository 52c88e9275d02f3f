import { element, link } from './element.js';
import { timestamp } from './timestamp.js';

const wrap =
  (tag, className = '') =>
  ([, inner], names) =>
    element(tag, { className }, ...inline(inner, names));
const mention = (text) => element('span', { className: 'mention' }, text);

/** A click on it begins the command in the composer. A line may break beside a button, but not before what ends a phrase. */
function commandMention(name, end) {
  const made = element('button', { type: 'button', className: 'mention' }, `/${name}`);
  made.dataset.command = name;
  return end === '' ? made : element('span', { className: 'unbroken' }, made, end);
}

/** What may stand in a line, tried in this order at each place. */
const RULES = [
  [/\\([^\sA-Za-z0-9])/y, ([, character]) => character],
  [/(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y, ([, , code]) => element('code', {}, code.trim())],
  [
    /\[((?:\\[\s\S]|\[[^[\]]*\]|[^[\]\\])+)\]\(<?((?:\([^\s()]*\)|[^\s()<>])+)>?(?:\s+"[^"]*")?\)/y,
    ([, text, address], names) => link(address, ...inline(text, names)),
  ],
  [/<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y, ([, seconds, style]) => timestamp(seconds, style)],
  [/<#(\d+)>/y, ([, id], names) => mention(`#${names.channels[id]?.name ?? 'unknown'}`)],
  [/<@!?(\d+)>/y, ([, id], names) => mention(`@${names.users[id]?.global_name ?? 'unknown'}`)],
  [/<@&(\d+)>/y, ([, id], names) => mention(`@${roleName(id, names)}`)],
  [/<\/([\w -]+):\d+>([.,:;!?)]*)/y, ([, name, end]) => commandMention(name, end)],
  [/<a?(:\w+:)\d+>/y, ([, name]) => name],
  [/<(https?:\/\/[^\s<>]+)>/y, ([, address]) => link(address, address)],
  [/https?:\/\/[^\s<]*[^\s<.,:;"')\]*_~|]/y, ([address]) => link(address, address)],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, wrap('strong')],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, wrap('u')],
  [/~~((?:\\[\s\S]|[^\\])+?)~~/y, wrap('s')],
  [/\|\|((?:\\[\s\S]|[^\\])+?)\|\|/y, wrap('span', 'spoiler')],
  [/\*(?=\S)((?:\*\*|\\[\s\S]|[^*\\])+?)\*(?!\*)/y, wrap('em')],
  [/(?<!\w)_((?:__|\\[\s\S]|[^_\\])+?)_(?!\w)/y, wrap('em')],
];

function roleName(id, names) {
  return (
    Object.values(names.guilds)
      .flatMap(({ roles }) => roles)
      .find((role) => role.id === id)?.name ?? 'unknown'
  );
}

/** The nodes of one run of text; `names` tells what ids are called. */
export function inline(text, names) {
  const nodes = [];
  let plain = '';
  for (let at = 0; at < text.length;) {
    const found = matchRule(text, at);
    if (found === undefined) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain !== '') nodes.push(plain);
    plain = '';
    nodes.push(found.make(found.match, names));
    at += found.match[0].length;
  }
  return plain === '' ? nodes : [...nodes, plain];
}

function matchRule(text, at) {
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { match, make };
  }
  return undefined;
}

const FENCE = /^```(?:[\w+-]*\n)?([\s\S]*?)\n?```/;

/** Discord's Markdown as nodes. https://support.discord.com/hc/en-us/articles/210298617 */
export function markdown(source, names) {
  const nodes = [];
  let rest = source;
  while (rest !== '') {
    const fence = FENCE.exec(rest);
    if (fence) {
      nodes.push(element('pre', {}, element('code', {}, fence[1])));
      rest = rest.slice(fence[0].length).replace(/^\n/, '');
      continue;
    }
    if (rest.startsWith('>>> ')) {
      nodes.push(element('blockquote', {}, ...markdown(rest.slice(4), names)));
      break;
    }
    const { node, length } = takeBlock(rest, names);
    nodes.push(node);
    rest = rest.slice(length);
  }
  return nodes;
}

/** Bullets or numbers, with deeper items of either kind. */
const LISTS = [
  /^ ?[-*] +\S[^\n]*(?:\n|$)(?:(?: ?[-*]| {2,}(?:[-*]|\d{1,3}\.)) +\S[^\n]*(?:\n|$))*/,
  /^ ?\d{1,3}\. +\S[^\n]*(?:\n|$)(?:(?: ?\d{1,3}\.| {2,}(?:[-*]|\d{1,3}\.)) +\S[^\n]*(?:\n|$))*/,
];

function takeBlock(rest, names) {
  const line = /^[^\n]*\n?/.exec(rest)[0];
  const heading = /^(#{1,3}|-#) +(\S[^\n]*)\n?/.exec(line);
  if (heading) {
    const [, sign, text] = heading;
    const made =
      sign === '-#'
        ? element('small', { className: 'subtext' }, ...inline(text, names))
        : element(
            'div',
            { className: `heading heading-${sign.length}`, role: 'heading', 'aria-level': sign.length + 2 },
            ...inline(text, names),
          );
    return { node: made, length: line.length };
  }
  const quote = /^(?:> [^\n]*(?:\n|$))+/.exec(rest);
  if (quote) {
    const inner = quote[0].replaceAll(/^> /gm, '').replace(/\n$/, '');
    return { node: element('blockquote', {}, ...markdown(inner, names)), length: quote[0].length };
  }
  const list = LISTS.map((pattern) => pattern.exec(rest)).find((found) => found !== null);
  if (list) return { node: takeList(list[0], names), length: list[0].length };
  return takeText(rest, line, names);
}

function makeList(line) {
  const start = /^ *(\d+)\./.exec(line)?.[1];
  return start === undefined ? element('ul') : element('ol', { start: Number(start) });
}

function takeList(text, names) {
  const lines = text.replace(/\n$/, '').split('\n');
  const made = makeList(lines[0]);
  for (const one of lines) {
    const [, indent, item] = /^( *)(?:[-*]|\d+\.) +(.*)$/.exec(one);
    const above = indent.length > 1 ? made.lastElementChild : null;
    const parent = above === null ? made : (above.querySelector('ul, ol') ?? makeList(one));
    if (above !== null) above.append(parent);
    parent.append(element('li', {}, ...inline(item, names)));
  }
  return made;
}

const BLOCK_START = /^(?:```|>>> |> |#{1,3} +\S|-# +\S| *(?:[-*]|\d{1,3}\.) +\S)/;

function takeText(rest, first, names) {
  let length = first.length;
  while (length < rest.length && !BLOCK_START.test(rest.slice(length))) {
    const inside = rest.indexOf('```', length);
    const end = rest.indexOf('\n', length);
    length = end === -1 ? rest.length : end + 1;
    if (inside !== -1 && inside < length) length = inside;
  }
  const text = rest.slice(0, length).replace(/\n$/, '');
  return { node: element('div', { className: 'text' }, ...inline(text, names)), length };
}
