import { COMMANDS } from './commands.ts';
import { createUserErrors, FAILURES } from './errors.ts';
import { FOLLOW } from './follow.ts';
import { createForYouTexts } from './for-you.ts';
import { createHelpTexts } from './help.ts';
import { createLibraryTexts } from './library.ts';
import { PAGES, PAPERS } from './papers.ts';
import type { MentionCommand } from './phrases.ts';
import { createReadingTexts } from './reading.ts';
import { SCHEDULE } from './schedule.ts';
import { SEARCH } from './search.ts';
import { createSubscribeTexts } from './subscribe.ts';
import { createSubscriptionsTexts, WHY } from './subscriptions.ts';
import { createRoundupTexts, createTrendsTexts } from './trends.ts';

/** English, in which commands are named as `mention` does. */
export function createEnglish(mention: MentionCommand) {
  return {
    /** Of these texts themselves; what was made with them can be kept under it. */
    language: 'en' as string,
    commands: COMMANDS,
    pages: PAGES,
    papers: PAPERS,
    search: SEARCH,
    trends: createTrendsTexts(mention),
    roundup: createRoundupTexts(mention),
    follow: FOLLOW,
    library: createLibraryTexts(mention),
    forYou: createForYouTexts(mention),
    reading: createReadingTexts(mention),
    subscribe: createSubscribeTexts(mention),
    subscriptions: createSubscriptionsTexts(mention),
    schedule: SCHEDULE,
    why: WHY,
    help: createHelpTexts(mention),
    userErrors: createUserErrors(mention),
    failures: FAILURES,
  };
}
