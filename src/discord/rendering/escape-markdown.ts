const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const NUMBERED_LINE = /(^|\n)([^\S\n]*\d+)(?=[.)])/gu;
const MARKED_LINE = /(^|\n)([^\S\n]*)(?=[-+#>])/gu;
const ALIVE = /[\\*_~`|<>[\]]|:(?=\S)/gu;
const MARK = '\u{e000}';

/** Somebody else's text with none of Discord's Markdown, mentions or automatic links alive. Line breaks stay. */
export function escapeMarkdown(text: string): string {
  return escapePieces(text).join('');
}

/** The same as `escapeMarkdown`, in pieces that may be parted: one per character, with what escapes it. */
export function escapePieces(text: string): string[] {
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
