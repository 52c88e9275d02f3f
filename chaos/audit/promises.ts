import type { Promise } from './promise.ts';
import { EARLY } from './promises/early.ts';
import { HURRIED } from './promises/hurried.ts';
import { LATE } from './promises/late.ts';
import { LEFT_OPEN } from './promises/left-open.ts';
import { LOST } from './promises/lost.ts';
import { OUTDATED } from './promises/outdated.ts';
import { OUT_OF_ORDER } from './promises/out-of-order.ts';
import { OVER_LIMIT } from './promises/over-limit.ts';
import { MEETING_LOST } from './promises/meeting-lost.ts';
import { MEETING_TWICE } from './promises/meeting-twice.ts';
import { MEETING_UNTIMELY } from './promises/meeting-untimely.ts';
import { MISCOUNTED } from './promises/miscounted.ts';
import { STALE } from './promises/stale.ts';
import { STRAY } from './promises/stray.ts';
import { TOLD_OTHERS } from './promises/told-others.ts';
import { TRESPASSES } from './promises/trespasses.ts';
import { TWICE, TWICE_BLIND } from './promises/twice.ts';
import { UNANSWERED } from './promises/unanswered.ts';
import { UNEXPLAINED_EXITS } from './promises/unexplained-exits.ts';
import { UNLED } from './promises/unled.ts';
import { UNWANTED } from './promises/unwanted.ts';
import { WRONG_CONTROLS } from './promises/wrong-controls.ts';
import { WRONG_EDIT } from './promises/wrong-edit.ts';
import { WRONG_FACTS } from './promises/wrong-facts.ts';
import { WRONG_FORM } from './promises/wrong-form.ts';
import { WRONG_MEETING } from './promises/wrong-meeting.ts';
import { WRONG_MENTION } from './promises/wrong-mention.ts';
import { WRONG_REPLY } from './promises/wrong-reply.ts';
import { WRONG_ROUNDUP } from './promises/wrong-roundup.ts';
import { WRONG_STARTS } from './promises/wrong-starts.ts';
import { WRONG_WINNER } from './promises/wrong-winner.ts';

/** The figures that are about what groups read together, and hold however long a machine sleeps. */
export const OF_MEETINGS: readonly string[] = [
  MEETING_LOST,
  MEETING_TWICE,
  MEETING_UNTIMELY,
  WRONG_WINNER,
  WRONG_MEETING,
].map(({ figure }) => figure);

/** All that is promised. The run counts by it, and its report tells by it. */
export const PROMISES: readonly Promise[] = [
  LOST,
  TWICE,
  TWICE_BLIND,
  LATE,
  EARLY,
  STALE,
  UNWANTED,
  STRAY,
  OUT_OF_ORDER,
  WRONG_FORM,
  WRONG_ROUNDUP,
  MEETING_LOST,
  MEETING_TWICE,
  MEETING_UNTIMELY,
  WRONG_WINNER,
  WRONG_MEETING,
  WRONG_MENTION,
  MISCOUNTED,
  WRONG_FACTS,
  WRONG_CONTROLS,
  WRONG_EDIT,
  OUTDATED,
  OVER_LIMIT,
  UNANSWERED,
  WRONG_REPLY,
  TOLD_OTHERS,
  TRESPASSES,
  HURRIED,
  UNEXPLAINED_EXITS,
  UNLED,
  WRONG_STARTS,
  LEFT_OPEN,
];
