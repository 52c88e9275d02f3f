import type { BaseInteraction } from 'discord.js';
import type { AnyReply, Request } from '../../src/discord/interactions/command.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import type { ListPage } from '../subscriptions/list-page.ts';
import type { UnclearZone } from '../subscriptions/read-schedule-change.ts';
import { buildSettings } from '../subscriptions/schedule-answer.ts';
import { buildAnswer } from './subscribe-answer.ts';
import { localeOf } from './subscribe.ts';

interface Changed {
  readonly changed: Destination;
  /** Of the topic whose answer is renewed; any other where the settings stand alone. */
  readonly subscriptionId: string | undefined;
  readonly unclear?: UnclearZone | undefined;
  readonly from?: ListPage;
}

/** What a message says once when and how was changed below it. */
export async function renewAnswer(
  { interaction, texts }: Request<BaseInteraction>,
  { changed, subscriptionId, unclear, from = [] }: Changed,
  context: CommandContext,
): Promise<AnyReply> {
  const subscription = changed.subscriptions.find(({ id }) => id === subscriptionId);
  if (subscription === undefined) {
    const headline = texts.schedule.updated(changed.place);
    const settings = { headline, destination: changed, unclear, mayChange: true, from };
    return buildSettings(settings, { now: context.clock.now(), texts });
  }
  const first = changed.subscriptions.length === 1;
  const result = { kind: 'followed', destination: changed, subscription, first } as const;
  const locale = localeOf(interaction, changed.place);
  return buildAnswer({ result, userId: interaction.user.id, locale, texts, unclear, from }, context);
}
