import { type REST, Routes } from 'discord.js';
import type { DeliveryTransport } from '../../delivery/delivery-transport.ts';
import type { Limiter } from '../rest/limiter.ts';
import { explainRefusal } from './look-for-place.ts';
import { Created } from './schema.ts';

/** Opening again what is open gives the same channel: an answer that was lost does no harm. */
export async function openDm(
  { rest, limiter }: { readonly rest: REST; readonly limiter: Limiter },
  userId: string,
  signal: AbortSignal,
): ReturnType<DeliveryTransport['openDm']> {
  try {
    const body = { recipient_id: userId };
    const open = () => rest.post(Routes.userChannels(), { body });
    return { kind: 'opened', channelId: Created.parse(await limiter.inLane('open-dm', open, signal)).id };
  } catch (error) {
    const why = explainRefusal(error);
    return why.kind === 'blocked' ? { ...why, kind: 'dms-closed' } : why;
  }
}
