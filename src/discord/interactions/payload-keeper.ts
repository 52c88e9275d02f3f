import { type Client, GatewayDispatchEvents } from 'discord.js';
import { InteractionPayload } from './schema.ts';

export interface PayloadKeeper {
  /** What the interaction said about channels and roles; each interaction can be taken once. */
  take(interactionId: string): InteractionPayload | undefined;
}

const KEPT = 200;

/**
 * Keeps what discord.js drops from an interaction: the permissions of the channels in it.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure
 */
export function createPayloadKeeper(client: Client): PayloadKeeper {
  const payloads = new Map<string, InteractionPayload>();
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (data: unknown) => {
    const payload = InteractionPayload.safeParse(data);
    if (!payload.success) return;
    payloads.set(payload.data.id, payload.data);
    const [oldest] = payloads.keys();
    if (payloads.size > KEPT && oldest !== undefined) payloads.delete(oldest);
  });
  return {
    take(interactionId) {
      const payload = payloads.get(interactionId);
      payloads.delete(interactionId);
      return payload;
    },
  };
}
