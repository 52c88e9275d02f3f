import { z } from 'zod';

const Permissions = z
  .string()
  .regex(/^\d+$/)
  .transform((digits) => BigInt(digits));

const Channel = z.object({
  id: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  permissions: Permissions.optional(),
  app_permissions: Permissions.optional(),
});

const NamedRole = z.object({ id: z.string(), mentionable: z.boolean().optional() });

/** The parts of a raw interaction that discord.js drops. */
export const InteractionPayload = z
  .object({
    id: z.string(),
    guild_id: z.string().optional(),
    app_permissions: Permissions.optional(),
    channel: Channel.optional(),
    member: z
      .object({ permissions: Permissions.optional(), roles: z.array(z.string()).default([]) })
      .optional(),
    data: z
      .object({
        resolved: z
          .object({
            channels: z.record(z.string(), Channel).optional(),
            roles: z.record(z.string(), NamedRole).optional(),
          })
          .optional(),
      })
      .optional(),
  })
  .transform(({ id, guild_id: guildId, app_permissions: ownHere, channel, member, data }) => ({
    id,
    here:
      channel === undefined
        ? undefined
        : {
            id: channel.id,
            type: channel.type,
            memberPermissions: member?.permissions ?? channel.permissions ?? 0n,
            ownPermissions: ownHere ?? channel.app_permissions,
          },
    named: Object.values(data?.resolved?.channels ?? {})
      .filter((one) => one.guild_id === undefined || one.guild_id === guildId)
      .map((one) => ({
        id: one.id,
        type: one.type,
        memberPermissions: one.permissions ?? 0n,
        ownPermissions: one.id === channel?.id ? (one.app_permissions ?? ownHere) : one.app_permissions,
      })),
    memberRoleIds: member?.roles ?? [],
    roles: Object.values(data?.resolved?.roles ?? {}),
  }));
export type InteractionPayload = z.infer<typeof InteractionPayload>;

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export const RegisteredCommands = z.array(z.object({ id: z.string(), name: z.string() }));
export type RegisteredCommands = z.infer<typeof RegisteredCommands>;
