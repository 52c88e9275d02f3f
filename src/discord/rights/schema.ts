import { z } from 'zod';

const Bits = z
  .string()
  .regex(/^\d+$/)
  .transform((digits) => BigInt(digits));

const Overwrite = z.object({ id: z.string(), allow: Bits, deny: Bits });

/** Of a channel as the REST API gives it, what rights in it depend on; a thread has its parent's. */
export const GuildChannel = z.object({
  guild_id: z.string(),
  type: z.number(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(Overwrite).default([]),
});
export type GuildChannel = z.infer<typeof GuildChannel>;

export const GuildRoles = z.array(z.object({ id: z.string(), permissions: Bits }));
export type GuildRoles = z.infer<typeof GuildRoles>;

/** Of somebody in a server, the ids of their roles without @everyone. */
export const GuildMember = z.object({ roles: z.array(z.string()) });
