import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';

/** In servers, in the bot's DMs, and for people who install the app for themselves. */
export const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
