import { escapeWithin, oneLine } from '../../src/discord/rendering/escape-markdown.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';

const LENGTH = 150;

export function paperTitle(title: string, texts: Texts, length = LENGTH): string {
  return escapeWithin(oneLine(title), length) || texts.papers.untitled;
}
