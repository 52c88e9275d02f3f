import type { Command, Control, MessageCommand } from '../src/discord/interactions/command.ts';
import { about, deleteData } from './about/about.ts';
import type { CommandContext } from './context.ts';
import { findPapers } from './papers/find-papers.ts';
import { help } from './about/help.ts';
import { openCard, paper, showPaper, showSimilar } from './papers/paper.ts';
import { papers, showPage, turnPage } from './papers/papers.ts';
import { schedule } from './subscriptions/schedule.ts';
import { followSearch, search, showSearch, turnSearch } from './search/search.ts';
import { subscribe } from './subscribe/subscribe.ts';
import { chooseZone, sendOneNow, undoSubscribe } from './subscribe/subscribe-controls.ts';
import { pause, remove, resume, stopTopic } from './subscriptions/subscription-controls.ts';
import { openSubscriptions, subscriptions, turnSubscriptions } from './subscriptions/subscriptions.ts';
import { followBuiltIn, topics } from './subscribe/topics.ts';
import { showTrending, trending, turnTrending } from './papers/trending.ts';
import { unsubscribe } from './subscribe/unsubscribe.ts';
import { why } from './subscriptions/why.ts';

/** Every slash command, in the order in which `/help` names them. */
export const commands: readonly Command<CommandContext>[] = [
  subscribe,
  topics,
  unsubscribe,
  subscriptions,
  schedule,
  why,
  papers,
  trending,
  search,
  paper,
  help,
  about,
];

/** Every entry in the menu of a message. */
export const messageCommands: readonly MessageCommand<CommandContext>[] = [findPapers];

/** Every button and menu. */
export const controls: readonly Control<CommandContext>[] = [
  undoSubscribe,
  sendOneNow,
  chooseZone,
  pause,
  resume,
  remove,
  stopTopic,
  openSubscriptions,
  turnSubscriptions,
  turnPage,
  showPage,
  turnTrending,
  showTrending,
  turnSearch,
  showSearch,
  followSearch,
  followBuiltIn,
  showPaper,
  showSimilar,
  openCard,
  deleteData,
];
