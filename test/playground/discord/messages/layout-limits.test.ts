import { describe, expect, it } from 'vitest';
import { controlsOf } from '../../../../playground/discord/messages/controls.ts';
import { checkMessage } from '../../../../playground/discord/messages/message-limits.ts';

const V2 = 1 << 15;
const text = (content = 'x') => ({ type: 10, content });
const save = (id: string) => ({ type: 2, style: 2, label: 'Save', custom_id: id });
const card = (id: string, texts = 1) => ({
  type: 9,
  components: Array.from({ length: texts }, () => text()),
  accessory: save(id),
});
const many = <Part>(count: number, build: (index: number) => Part) =>
  Array.from({ length: count }, (_, index) => build(index));
const check =
  (components: unknown[], rest: object = {}) =>
  () =>
    checkMessage({ flags: V2, components, ...rest });

describe('a message of components v2', () => {
  it.each([
    {
      what: '13 cards of three components in a container',
      components: [{ type: 17, components: many(13, (at) => card(`${at}`)) }],
    },
    {
      what: 'four thousand characters in several texts',
      components: [text('x'.repeat(2000)), text('x'.repeat(2000))],
    },
    {
      what: 'a gallery',
      components: [{ type: 12, items: [{ media: { url: 'https://example.org/a.png' } }] }],
    },
    { what: 'a line between two texts', components: [text(), { type: 14 }, text()] },
  ])('may have $what', ({ components }) => {
    expect(check(components)).not.toThrow();
  });

  it.each([
    {
      what: '41 components, accessories among them',
      components: [{ type: 17, components: many(14, (at) => card(`${at}`)) }],
    },
    {
      what: 'more than four thousand characters in all',
      components: [text('x'.repeat(2001)), text('x'.repeat(2000))],
    },
    { what: 'four texts in a section', components: [card('a', 4)] },
    { what: 'a section without an accessory', components: [{ type: 9, components: [text()] }] },
    {
      what: 'a container in a container',
      components: [{ type: 17, components: [{ type: 17, components: [text()] }] }],
    },
    { what: 'an id twice', components: [card('a'), card('a')] },
    {
      what: 'eleven pictures in a gallery',
      components: [{ type: 12, items: many(11, () => ({ media: { url: 'https://example.org' } })) }],
    },
    {
      what: 'an empty description of a picture',
      components: [{ type: 12, items: [{ media: { url: 'https://example.org' }, description: '' }] }],
    },
    { what: 'content', components: [text()], rest: { content: 'x' } },
    { what: 'embeds', components: [text()], rest: { embeds: [{ title: 'x' }] } },
  ])('may not have $what', ({ components, rest }) => {
    expect(check(components, rest)).toThrow('Invalid Form Body');
  });

  it('meets 500 with too many bytes of text', () => {
    expect(check([text('論'.repeat(3500))])).toThrow('Internal Server Error');
  });

  it('needs the flag', () => {
    expect(() => checkMessage({ components: [text()] })).toThrow('Invalid Form Body');
  });

  it('has its buttons found wherever they are', () => {
    const { components = [] } = check([
      { type: 17, components: [card('a'), { type: 1, components: [save('b')] }] },
    ])();

    expect(controlsOf({ components }).map((one) => 'custom_id' in one && one.custom_id)).toEqual(['a', 'b']);
  });
});
