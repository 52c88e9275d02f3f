import type { Post } from '../../src/digest/post.ts';

export function buildPost(about: Partial<Post> = {}): Post {
  return {
    deliveryId: 'abcdefgh12345678',
    n: 0,
    channelId: '100000000000000001',
    messageId: '100000000000000009',
    mayBeCrossposted: false,
    postedAt: 0,
    refreshAt: 0,
    view: { papers: ['2606.00001'] },
    shown: '',
    ...about,
  };
}
