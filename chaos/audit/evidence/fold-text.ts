const COMMANDS = /\\(?:textbf|textit|emph|texttt)\b/gu;

/** Letters and digits alone, without case: what is left of a text however it is escaped, tidied or broken into lines. */
export function foldText(text: string): string {
  return text
    .replaceAll(COMMANDS, '')
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Whether `shown` is a text, or how it begins where an ellipsis says so. */
export function isTextOrStart(shown: string, text: string): boolean {
  const folded = foldText(shown);
  return shown.trimEnd().endsWith('…') ? foldText(text).startsWith(folded) : foldText(text) === folded;
}
