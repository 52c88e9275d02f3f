/** So many times what is kept of a text is read of it, as some of it goes. */
const READ_OF_TEXT = 4;

/** One line of well-formed text, without control, bidi or zero-width characters, cut at `max` UTF-16 units. */
export function normaliseText(text: string, max: number): string {
  return cut(
    cut(text, max * READ_OF_TEXT)
      .toWellFormed()
      .replace(/\s+/gu, ' ')
      .replace(/[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '')
      .replace(/\\([%&$#_])/gu, '$1')
      .replace(/\{([,.])\}/gu, '$1')
      .replace(/\\(?:textbf|textit|emph|texttt)\{([^{}]*)\}/gu, '$1')
      .replace(/ {2,}/gu, ' ')
      .trim(),
    max,
  );
}

/** Not within a pair. */
function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}

const SECRET = /token|key|secret|passw|auth|signature|credential/i;

/**
 * The canonical form of an http or https address; undefined for anything else. What looks like a secret in it is
 * left out: people paste such addresses.
 */
export function normaliseUrl(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || trimmed.length > 2000 || /\s/.test(trimmed) || !URL.canParse(trimmed))
    return undefined;
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  if (SECRET.test(url.search)) url.search = '';
  if (SECRET.test(url.hash)) url.hash = '';
  return url.href;
}

/** A GitHub repository without `.git`, `/tree/…` or a trailing slash; undefined for an owner alone. */
export function normaliseRepository(text: string | undefined): string | undefined {
  const href = normaliseUrl(text);
  if (href === undefined) return undefined;
  const url = new URL(href);
  if (url.hostname !== 'github.com' && url.hostname !== 'www.github.com') return href;
  const [owner, name] = url.pathname.split('/').filter(Boolean);
  const repository = name?.replace(/\.git$/, '');
  return owner && repository ? `https://github.com/${owner}/${repository}` : undefined;
}
