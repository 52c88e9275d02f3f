/** Full-width and half-width forms, ligatures, and letters of mathematics such as 𝐋𝐨𝐑𝐀. */
const OTHER_FORMS = /[\uff01-\uffee\ufb00-\ufb06\u{1d400}-\u{1d7ff}]+/gu;
/** Soft hyphens, and the zero-width and bidi characters that no text of the archive has. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
/** What makes an emoji of ❤. */
const EMOJI_STYLE = /\p{Variation_Selector}/gu;

/**
 * What somebody typed or pasted, in the letters that papers are written in. Keyboards for Chinese and Japanese give
 * full-width letters, and web pages invisible ones. https://unicode.org/reports/tr15/
 */
export function plainText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(EMOJI_STYLE, '')
    .replace(OTHER_FORMS, (forms) => forms.normalize('NFKC'));
}
