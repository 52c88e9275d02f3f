const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const NUMBERED_LINE = /(^|\n)([^\S\n]*\d+)(?=[.)])/gu;
const MARKED_LINE = /(^|\n)([^\S\n]*)(?=[-+#>])/gu;
const ALIVE = /[\\*_~`|<>[\]]|:(?=\S)/gu;
const MARK = '\u{e000}';
const ELLIPSIS = '…';

/** Somebody else's text with none of Discord's Markdown, mentions or automatic links alive. Line breaks stay. */
export function escapeMarkdown(text: string): string {
  return escapePieces(text).join('');
}

/** The same as `escapeMarkdown`, in pieces that may be parted: one per character, with what escapes it. */
function escapePieces(text: string): string[] {
  const visible = text
    .toWellFormed()
    .replaceAll('\t', ' ')
    .replace(/\r\n?/g, '\n')
    .replace(INVISIBLE, (found) => (found === '\n' ? '\n' : ''))
    .replaceAll(MARK, '');
  const marked = visible
    .replace(NUMBERED_LINE, `$1$2${MARK}`)
    .replace(MARKED_LINE, `$1$2${MARK}`)
    .replace(ALIVE, (found) => `${MARK}${found}`)
    .replace(/\ue000+/gu, MARK);
  return (marked.match(/\ue000?[^\ue000]/gu) ?? []).map((piece) =>
    // A zero-width space is the one thing that also ends a mention for the server, which knows no escapes.
    piece === '@' ? '@\u200b' : piece.replace(MARK, '\\'),
  );
}

/** For the label of a masked link, where square brackets are structure even when escaped. */
export function withoutBrackets(text: string): string {
  return text.replaceAll('[', '(').replaceAll(']', ')');
}

/** Escaped text of at most `limit` UTF-16 units, cut at a word with an ellipsis, never inside an escape or character. */
export function escapeWithin(text: string, limit: number): string {
  const pieces = escapePieces(text);
  if (lengthOf(pieces) <= limit) return pieces.join('');
  if (limit < 1) return '';
  const kept = piecesWithin(pieces, limit - ELLIPSIS.length);
  const next = pieces[kept.length];
  const space = next === undefined || /\s/u.test(next) ? kept.length : kept.findLastIndex(isSpace);
  const words = space > kept.length / 2 ? kept.slice(0, space) : kept;
  return words.join('').trimEnd() + ELLIPSIS;
}

/** The same for what is shown as it stands, such as a label or the name of a thread. */
export function cutWithin(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return '';
  const end = limit - ELLIPSIS.length;
  const kept = text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '');
  const space = /\s/u.test(text.charAt(end)) ? kept.length : kept.search(/\s\S*$/u);
  const words = space > kept.length / 2 ? kept.slice(0, space) : kept;
  return words.trimEnd().toWellFormed() + ELLIPSIS;
}

function isSpace(piece: string): boolean {
  return /^\s$/u.test(piece);
}

function lengthOf(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function piecesWithin(pieces: readonly string[], limit: number): string[] {
  let length = 0;
  const end = pieces.findIndex((piece) => (length += piece.length) > limit);
  return pieces.slice(0, end === -1 ? pieces.length : end);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
