import type { Json } from '../../delivery/delivery.ts';
import type { SendAnswer } from '../../delivery/delivery-transport.ts';
import type { Charts } from '../../topics/chart.ts';
import { PicturedPayload } from './schema.ts';

/** A file that goes with a message. */
export interface Upload {
  readonly name: string;
  readonly data: Buffer;
  readonly contentType: string;
  /** For people who cannot see it. */
  readonly description: string;
}

/** The picture of a step as it is sent; undefined where it has none, or none can be drawn at present. */
export async function drawUpload(payload: Json, charts: Pick<Charts, 'draw'>): Promise<Upload | undefined> {
  const { data: payloads } = PicturedPayload.safeParse(payload);
  const picture = payloads?.message?.picture ?? payloads?.picture;
  if (picture === undefined) return undefined;
  const data = await charts.draw(picture.chart);
  const { name, description } = picture;
  return data === undefined ? undefined : { name, data, contentType: 'image/png', description };
}

/**
 * Whether a refusal may be for the picture alone: without Attach Files Discord refuses the whole message, as it does
 * where uploads are limited. A message that was refused is not there, so that it can be sent without.
 */
export function mayBeForUpload({ kind }: SendAnswer): boolean {
  return kind === 'blocked' || kind === 'content';
}
