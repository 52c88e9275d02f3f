import type { Command, Control, MessageCommand } from '../src/discord/command.ts';
import { about, deleteData } from './about.ts';
import type { CommandContext } from './context.ts';
import { findPapers } from './find-papers.ts';
import { help } from './help.ts';
import { openCard, paper, showPaper, showSimilar } from './paper.ts';
import { papers, showPage, turnPage } from './papers.ts';
import { schedule } from './schedule.ts';
import { followSearch, search, showSearch, turnSearch } from './search.ts';
import { subscribe } from './subscribe.ts';
import { chooseZone, sendOneNow, undoSubscribe } from './subscribe-controls.ts';
import { pause, remove, resume, stopTopic } from './subscription-controls.ts';
import { openSubscriptions, subscriptions, turnSubscriptions } from './subscriptions.ts';
import { followBuiltIn, topics } from './topics.ts';
import { showTrending, trending, turnTrending } from './trending.ts';
import { unsubscribe } from './unsubscribe.ts';
import { why } from './why.ts';

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
