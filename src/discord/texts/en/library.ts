import type { Instant } from '../../../calendar/zoned-time.ts';
import { count, type MentionCommand, timestamp } from './phrases.ts';

/** Of the papers that a person has saved. Titles come as links. */
export function createLibraryTexts(mention: MentionCommand) {
  return {
    save: 'Save',
    unsave: 'Unsave',
    open: 'My library',
    saved: (title: string) => `Saved **${title}**.`,
    already: (title: string, at: Instant) =>
      `**${title}** is already in your library, saved ${timestamp(at, 'R')}.`,
    unsaved: (title: string) => `Removed **${title}** from your library.`,
    /** Below the card of a saved paper. */
    kept: () => `-# In your library. ${mention('library')} shows all of it.`,
    title: (papers: number) => `Your library · ${count(papers, 'paper')}`,
    empty: () => `Your library is empty. Press **Save** on a paper, or use ${mention('save')}.`,
  };
}
