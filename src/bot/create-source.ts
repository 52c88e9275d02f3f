import type { Config } from '../../config/schema.ts';
import type { Clock, Random } from '../calendar/clock.ts';
import type { PaperSource } from '../papers/paper-source.ts';
import { createHttpClient } from '../sources/http-client.ts';
import { createHuggingFaceSource } from '../sources/hugging-face-source.ts';

interface SourceParts {
  readonly config: Pick<Config, 'hfEndpoint' | 'hfToken'>;
  readonly version: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** Hugging Face, as the settings say. */
export function createSource({ config, version, clock, random }: SourceParts): PaperSource {
  return createHuggingFaceSource({
    endpoint: config.hfEndpoint.href,
    ...(config.hfToken === undefined ? {} : { token: config.hfToken }),
    http: createHttpClient({ source: 'Hugging Face', version, clock, random }),
    clock,
  });
}
