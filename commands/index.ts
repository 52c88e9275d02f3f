import type { Command, Control } from '../src/discord/command.ts';
import { about, deleteData } from './about.ts';
import type { CommandContext } from './context.ts';
import { help } from './help.ts';
import { openCard, paper, showPaper } from './paper.ts';
import { papers, showPage, turnPage } from './papers.ts';
import { schedule } from './schedule.ts';
import { chooseZone, sendOneNow, subscribe, undoSubscribe } from './subscribe.ts';
import { pause, remove, resume, subscriptions } from './subscriptions.ts';
import { unsubscribe } from './unsubscribe.ts';

/** Every slash command, in the order in which `/help` names them. */
export const commands: readonly Command<CommandContext>[] = [
  subscribe,
  unsubscribe,
  subscriptions,
  schedule,
  papers,
  paper,
  help,
  about,
];

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
  showPaper,
  openCard,
  deleteData,
];
