import { MockAgent } from 'undici';
import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../../src/calendar/clock.ts';
import { createHttpClient } from '../../../src/sources/http-client.ts';
import { createHuggingFaceSource } from '../../../src/sources/hugging-face-source.ts';

export const ORIGIN = 'https://huggingface.example';
export const TODAY = '2026-05-29';
export const HTML = '<!doctype html><title>Sign in</title>';

export const listPath = (day: string) => `/api/daily_papers?date=${day}&limit=100`;

/** A Hugging Face of prepared answers, anew for each test of a file, and a clock that goes on while somebody waits. */
export function scriptHuggingFace() {
  let agent: MockAgent;
  let now: number;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: async (ms) => {
      now += ms;
    },
  };
  beforeEach(() => {
    agent = new MockAgent();
    agent.disableNetConnect();
    now = Date.parse(`${TODAY}T12:00Z`);
  });
  afterEach(() => agent.close());

  return {
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
    createSource(endpoint = ORIGIN) {
      const http = createHttpClient({
        source: 'HF',
        version: '1',
        clock,
        random: () => 0,
        dispatcher: agent,
      });
      return createHuggingFaceSource({ endpoint, http, clock });
    },
    answer(
      path: string | RegExp,
      status: number,
      body: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return agent.get(ORIGIN).intercept({ path }).reply(status, text, { headers });
    },
  };
}

export function buildItem(id: string, about: object = {}) {
  return {
    paper: {
      id,
      title: `Paper ${id}`,
      summary: 'What was done.',
      authors: [{ _id: '1', name: 'Ada Lovelace', hidden: false }],
      publishedAt: '2026-05-27T00:00:00.000Z',
      submittedOnDailyAt: `${TODAY}T00:00:00.000Z`,
      upvotes: 3,
      ...about,
    },
    numComments: 1,
  };
}
