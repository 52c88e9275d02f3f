import { expect, it } from 'vitest';
import { readAsked } from '../../../chaos/readers/read-asked.ts';

const CALLBACK = '/api/v10/interactions/1/token/callback';
const EDIT = '/api/v10/webhooks/1/token/messages/@original';
const AWAY = "I can't reach my database right now. Try again in a minute.";

it.each([
  ['an answer that says that the database is away', CALLBACK, { type: 4, data: { content: AWAY } }, true],
  ['an edit that says so', EDIT, { content: AWAY }, true],
  ['no suggestions', CALLBACK, { type: 8, data: { choices: [] } }, true],
  ['some suggestions', CALLBACK, { type: 8, data: { choices: [{ name: 'a', value: 'a' }] } }, undefined],
  ['another answer', CALLBACK, { type: 4, data: { content: 'Saved.' } }, undefined],
  ['a message that says so', '/api/v10/channels/1/messages', { content: AWAY }, undefined],
])('whether a request is a refusal: %s', (_, path, body, isRefusal) => {
  const asked = readAsked({ method: 'POST', path, body: JSON.stringify(body), startedAt: 0, endedAt: 1 });

  expect(asked.isRefusal).toBe(isRefusal);
});
