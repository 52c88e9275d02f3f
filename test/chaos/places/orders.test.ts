import { expect, it } from 'vitest';
import { orderAfter } from '../../../chaos/places/orders.ts';

const followed = { kind: 'follow', query: 'agent', minUpvotes: 0 } as const;
const button = { messageId: '1', customId: 'undo:1' };

it('undoes what was followed last, and nothing when another topic was followed meanwhile', () => {
  const afterthought = { undoes: true, afterMs: 0 };

  expect(orderAfter({ offered: { undo: button, query: 'agent' } }, followed, afterthought)).toEqual({
    kind: 'undo',
    query: 'agent',
    button,
  });
  expect(orderAfter({ offered: { undo: button, query: '' } }, followed, afterthought)).toBeUndefined();
});
