import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCALE, textsFor } from '../../../../src/discord/texts/texts.ts';
import { listTexts } from '../../../texts/list-texts.ts';

const TEXTS = listTexts(textsFor(DEFAULT_LOCALE));

describe('the table of all texts', () => {
  it('shows each with sample values', () => {
    const broken = TEXTS.filter(({ text }) => /‹|undefined|NaN|Error:|\[object|Invalid/.test(text));

    expect(broken).toEqual([]);
    expect(TEXTS.length).toBeGreaterThan(200);
  });

  it('leaves none empty', () => {
    expect(TEXTS.filter(({ text }) => text.trim() === '')).toEqual([]);
  });
});
