import { controlsOf } from '../../playground/discord/messages/controls.ts';
import type { Spot } from './channel.ts';
import { listControls, NO_TOPIC, type Reply, SETTINGS, textOf, type Verbs } from '../readers/read-reply.ts';

/** The first try may have had its effect, and lost its answer. */
const FOLLOWED = /^(Following \*\*|\*\*.* is already followed )/;

/** By the button of its card; whoever may have its news told in the channel is asked where. Resolves to whether it is done. */
export async function followPaper(person: Verbs, paperId: string): Promise<boolean> {
  const card = await person.runCommand('paper', { paper: paperId });
  const answer = await pressOn(person, card, (id) => id.startsWith('follow-paper:'));
  const here = await pressOn(
    person,
    answer,
    (id) => id.startsWith('follow-paper-at:') && id.endsWith(':here'),
  );
  return [answer, here].some((reply) => reply !== undefined && FOLLOWED.test(textOf(reply)));
}

/** Undefined where there is no such button. */
async function pressOn(
  person: Verbs,
  reply: Reply | undefined,
  isMeant: (customId: string) => boolean,
): Promise<Reply | undefined> {
  const message = reply?.message;
  const customId = listControls(message).find(isMeant);
  return message === undefined || customId === undefined ? undefined : person.press(message.id, customId);
}

/** By the menu of `/subscriptions`; done as well where the paper is not in it any more. */
export async function unfollowPaper(person: Verbs, paperId: string, { kind, id }: Spot): Promise<boolean> {
  const view = await person.runCommand('subscriptions', kind === 'dm' ? {} : { channel: id });
  if (view.message === undefined) return false;
  const menus = controlsOf(view.message).flatMap((control) => ('options' in control ? [control] : []));
  const menu = menus.find(
    ({ custom_id: customId, options }) =>
      customId.startsWith('unfollow-menu:') && options.some(({ value }) => value === paperId),
  );
  const text = textOf(view);
  if (menu === undefined) return SETTINGS.test(text) || NO_TOPIC.test(text);
  const reply = await person.choose(view.message.id, menu.custom_id, [paperId]);
  return textOf(reply).includes('is no longer followed');
}
