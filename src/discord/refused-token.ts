/** Where the people who run a bot find its token and its intents. */
export const PORTAL = 'https://discord.com/developers/applications';

/** What to do when Discord refuses the token, over the gateway or over HTTP. */
export const REFUSED_TOKEN = `Discord does not take the token. Copy a new one from ${PORTAL} into DISCORD_TOKEN.`;
