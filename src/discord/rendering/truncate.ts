import { escapePieces } from './escape-markdown.ts';

const ELLIPSIS = '…';

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
