import { Client, Events, GatewayIntentBits } from 'discord.js';

/** What any bot on discord.js costs before it does a thing. */
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env['DISCORD_API_URL'] ?? '' },
});
client.once(Events.ClientReady, () => console.log(JSON.stringify({ msg: 'ready' })));
process.once('SIGTERM', () => void client.destroy().finally(() => process.exit(0)));
await client.login(process.env['DISCORD_TOKEN'] ?? '');
