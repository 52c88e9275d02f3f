import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import type {
  Command,
  Control,
  Form,
  FormOpener,
  MessageCommand,
} from '../src/discord/interactions/command.ts';
import { about, askToDeleteData, deleteData } from './about.ts';
import type { CommandContext } from './context.ts';
import { followButton, followHereOrByDm, unfollowButton } from './follow/follow-controls.ts';
import { unfollowFromMenu } from './follow/follow-list.ts';
import {
  countSaves,
  dismissPick,
  followForYou,
  forYou,
  stopForYou,
  takeBackDismissal,
} from './for-you/for-you.ts';
import { help, startFromHelp } from './help.ts';
import { offerExport, sendExport } from './library/export.ts';
import { importForm, openImport } from './library/import.ts';
import { library, turnLibrary } from './library/library.ts';
import { markRead, noteForm, openNote } from './library/note-form.ts';
import { save, saveAgain, saveButton, unsaveButton } from './library/save.ts';
import { findPapers, showFound } from './papers/find-papers.ts';
import { showList, turnList } from './papers/list-pages.ts';
import { openCard, showPaper, toggleSaved, turnPaper } from './papers/paper-reply.ts';
import { paper, shareSimilar, showSimilar } from './papers/paper.ts';
import { papers } from './papers/papers.ts';
import { trending } from './papers/trending.ts';
import { cancel } from './parts/panel.ts';
import { endPoll, makeEvent, pollButton, takeOnlyButton, voteButton } from './reading/decide.ts';
import { meeting } from './reading/meeting.ts';
import {
  nominateButton,
  nominateFromMenu,
  nominatePaper,
  withdrawButton,
  withdrawFromMenu,
} from './reading/nominate.ts';
import { openHistory, sendHistory } from './reading/reading-history.ts';
import { countSavesHere, openReading, reading } from './reading/reading.ts';
import { roundup } from './roundup/roundup.ts';
import { followSearch, search, showSearch, turnSearch } from './search/search.ts';
import { chooseZone, sendOneNow, showQuery, subscribe, undoSubscribe } from './subscribe/subscribe.ts';
import { followBuiltIn, topics } from './subscribe/topics.ts';
import { changeVolume, dropLimit, followOffered, hideRest } from './subscribe/topic-fixes.ts';
import { confirmUnsubscribe, followAgain, unsubscribe } from './subscribe/unsubscribe.ts';
import { openScheduleForm, scheduleForm } from './subscriptions/schedule-form.ts';
import { schedule } from './subscriptions/schedule.ts';
import { askToRemove, pause, remove, resume, stopTopic } from './subscriptions/subscription-controls.ts';
import { openSubscriptions, subscriptions, turnSubscriptions } from './subscriptions/subscriptions.ts';
import { why } from './subscriptions/why.ts';
import { trends } from './trends/trends.ts';

/** In servers, in the bot's DMs, and for people who install the app for themselves. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

/** Every slash command, in the order in which `/help` names them. */
export const commands: readonly Command<CommandContext>[] = offerEverywhere([
  subscribe,
  topics,
  unsubscribe,
  subscriptions,
  schedule,
  roundup,
  why,
  papers,
  trending,
  trends,
  search,
  paper,
  save,
  library,
  forYou,
  reading,
  meeting,
  help,
  about,
]);

/** Every entry in the menu of a message. */
export const messageCommands: readonly MessageCommand<CommandContext>[] = offerEverywhere([
  findPapers,
  nominatePaper,
]);

/** Every button and menu. */
export const controls: readonly (Control<CommandContext> | FormOpener<CommandContext>)[] = [
  undoSubscribe,
  sendOneNow,
  showQuery,
  chooseZone,
  followOffered,
  dropLimit,
  hideRest,
  changeVolume,
  followAgain,
  confirmUnsubscribe,
  openScheduleForm,
  pause,
  resume,
  askToRemove,
  remove,
  stopTopic,
  openSubscriptions,
  turnSubscriptions,
  turnList,
  showList,
  turnSearch,
  showSearch,
  followSearch,
  followBuiltIn,
  turnPaper,
  showPaper,
  showSimilar,
  shareSimilar,
  showFound,
  openCard,
  followButton,
  followHereOrByDm,
  unfollowButton,
  unfollowFromMenu,
  toggleSaved,
  saveButton,
  saveAgain,
  unsaveButton,
  turnLibrary,
  dismissPick,
  takeBackDismissal,
  followForYou,
  stopForYou,
  countSaves,
  openReading,
  countSavesHere,
  nominateButton,
  nominateFromMenu,
  withdrawButton,
  withdrawFromMenu,
  pollButton,
  takeOnlyButton,
  endPoll,
  makeEvent,
  voteButton,
  openHistory,
  sendHistory,
  offerExport,
  sendExport,
  openImport,
  openNote,
  markRead,
  startFromHelp,
  askToDeleteData,
  deleteData,
  cancel,
];

/** Every form that a button opens. */
export const forms: readonly Form<CommandContext>[] = [scheduleForm, noteForm, importForm];

function offerEverywhere<Offered extends { readonly data: object }>(
  offered: readonly Offered[],
): readonly Offered[] {
  return offered.map((one) => ({ ...one, data: { ...EVERYWHERE, ...one.data } }));
}
