import type { Command, Control, MessageCommand } from '../src/discord/command.ts';
import { about, deleteData } from './about.ts';
import type { CommandContext } from './context.ts';
import { findPapers } from './find-papers.ts';
import { help } from './help.ts';
import { openCard, paper, showPaper, showSimilar } from './paper.ts';
import { papers, showPage, turnPage } from './papers.ts';
import { schedule } from './schedule.ts';
import { search, showSearch, turnSearch } from './search.ts';
import { chooseZone, sendOneNow, subscribe, undoSubscribe } from './subscribe.ts';
import { pause, remove, resume, subscriptions } from './subscriptions.ts';
import { showTrending, trending, turnTrending } from './trending.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every slash command, in the order in which `/help` names them. */
export const commands: readonly Command<CommandContext>[] = [
  subscribe,
  unsubscribe,
  subscriptions,
  schedule,
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
  turnPage,
  showPage,
  turnTrending,
  showTrending,
  turnSearch,
  showSearch,
  showPaper,
  showSimilar,
  openCard,
  deleteData,
];
