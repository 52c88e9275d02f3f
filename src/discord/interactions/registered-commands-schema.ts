import { z } from 'zod';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export const RegisteredCommands = z.array(z.object({ id: z.string(), name: z.string() }));
export type RegisteredCommands = z.infer<typeof RegisteredCommands>;
