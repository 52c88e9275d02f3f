import type { Interaction } from 'discord.js';
import { createRights } from '../rights/fetch-rights.ts';
import { type Texts, textsFor } from '../texts/texts.ts';
import type { Request } from './command.ts';
import type { PayloadKeeper } from './payload-keeper.ts';

interface RequestTools {
  readonly payloads: PayloadKeeper;
  /** The ids that Discord gave to the commands, by their names; empty until they are registered. */
  readonly commandIds: ReadonlyMap<string, string>;
}

/** All that a handler gets of an interaction. Each can be read once. */
export function readRequest<I extends Interaction>(interaction: I, tools: RequestTools): Request<I> {
  const payload = tools.payloads.take(interaction.id);
  const here = interaction.guildId === null ? undefined : payload?.here;
  const { named = [], memberRoleIds: roleIds = [], roles = [] } = payload ?? {};
  const { rest } = interaction.client;
  return {
    interaction,
    texts: textsOf(interaction, tools),
    here,
    named,
    roleIds,
    mentionableRoles: roles.filter((role) => role.mentionable).map((role) => role.id),
    rightsIn:
      here === undefined
        ? () => Promise.resolve(undefined)
        : createRights({ rest, userId: interaction.user.id, roleIds, here, named }),
  };
}

/** Commands are named so that a click on their names starts them. */
export function textsOf({ locale }: Interaction, { commandIds }: Pick<RequestTools, 'commandIds'>): Texts {
  return textsFor(locale, (name) => {
    const id = commandIds.get(name);
    return id === undefined ? `\`/${name}\`` : `</${name}:${id}>`;
  });
}
