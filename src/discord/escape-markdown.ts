const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
const LINE_START = /(^|\n)([^\S\n]*)(?:(\d+)([.)])|([-+#>]))/gu;
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
    .replace(
      LINE_START,
      (_all, start: string, space: string, digits?: string, dot?: string, sign?: string) =>
        sign === undefined ? `${start}${space}${digits}${MARK}${dot}` : `${start}${space}${MARK}${sign}`,
    )
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
