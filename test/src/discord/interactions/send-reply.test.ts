import { Buffer } from 'node:buffer';
import { Client, ChatInputCommandInteraction, MessageFlags, type RESTOptions } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyReply } from '../../../../src/discord/interactions/command.ts';
import { deferReply, sendReply } from '../../../../src/discord/interactions/send-reply.ts';

const ID = '100000000000000001';
const LAYOUT: AnyReply = { layout: [{ type: 10, content: 'A paper' }] };
const FILE = {
  name: 'library.bib',
  data: Buffer.from('@article{a}'),
  contentType: 'application/x-bibtex',
  description: 'Your library',
};

const NOTHING: Sent = { method: '', json: {}, file: undefined };

interface Sent {
  readonly method: string;
  readonly json: Record<string, unknown>;
  readonly file: File | undefined;
}

/** What discord.js really sends, for an interaction that Discord really makes. */
describe('a reply', () => {
  let sent: Sent[];
  /** What goes wrong with the next requests. */
  let troubles: (Error | { readonly status: number; readonly code: number })[];
  let interaction: ChatInputCommandInteraction;

  beforeEach(() => {
    sent = [];
    troubles = [];
    const makeRequest: RESTOptions['makeRequest'] = async (_url, { method = '', body }) => {
      sent.push(await readBody(method, body));
      const trouble = troubles.shift();
      if (trouble instanceof Error) throw trouble;
      const message = {
        code: trouble?.code ?? 0,
        id: ID,
        channel_id: ID,
        content: '',
        embeds: [],
        attachments: [],
        author: { id: ID },
      };
      const { status, statusText, ok, headers } = Response.json(message, { status: trouble?.status ?? 200 });
      const text = JSON.stringify(message);
      const json = () => Promise.resolve(message);
      const arrayBuffer = () => new Response(text).arrayBuffer();
      return {
        status,
        statusText,
        ok,
        headers,
        body: null,
        bodyUsed: false,
        json,
        arrayBuffer,
        text: () => Promise.resolve(text),
      };
    };
    const client = new Client({ intents: [], rest: { makeRequest } });
    const user = { id: ID, username: 'ada', discriminator: '0', avatar: null };
    const made: unknown = Reflect.construct(ChatInputCommandInteraction, [
      client,
      {
        id: ID,
        application_id: ID,
        type: 2,
        token: 'token',
        version: 1,
        user,
        channel: { id: ID, type: 1 },
        channel_id: ID,
        locale: 'en-US',
        entitlements: [],
        app_permissions: '0',
        authorizing_integration_owners: {},
        data: { id: ID, name: 'library', type: 1, options: [] },
      },
    ]);
    if (!(made instanceof ChatInputCommandInteraction)) throw new Error('There is no interaction');
    interaction = made;
  });

  async function readBody(method: string, body: unknown): Promise<Sent> {
    const form = body instanceof FormData ? body : undefined;
    const text = form === undefined ? body : form.get('payload_json');
    const json: unknown = JSON.parse(String(text));
    const data: unknown = typeof json === 'object' && json !== null && 'data' in json ? json.data : json;
    const file = form?.get('files[0]');
    return {
      method,
      json: Object.fromEntries(Object.entries(data ?? {})),
      file: file instanceof File ? file : undefined,
    };
  }

  it('carries a file with its type and its description, and mentions nobody', async () => {
    await sendReply(interaction, 'reply', { content: 'Here it is.', files: [FILE] });

    const [{ json, file } = NOTHING] = sent;
    expect(json).toMatchObject({ content: 'Here it is.', allowed_mentions: { parse: [] }, flags: 64 });
    expect(json['attachments']).toMatchObject([{ id: '0', description: 'Your library' }]);
    expect([file?.name, file?.type, await file?.text()]).toEqual([
      FILE.name,
      FILE.contentType,
      '@article{a}',
    ]);
  });

  it('carries the same file when it is sent again', async () => {
    const reply = { content: 'Here it is.', files: [FILE] };

    await sendReply(interaction, 'reply', reply);
    await sendReply(Object.assign(interaction, { replied: false }), 'reply', reply);

    expect(sent.map(({ json }) => json['attachments'])).toMatchObject([[{ id: '0' }], [{ id: '0' }]]);
  });

  it('can be of Components V2, with neither content nor embeds', async () => {
    await sendReply(interaction, 'reply', LAYOUT);

    expect(sent[0]?.json).toMatchObject({ components: [{ type: 10 }], allowed_mentions: { parse: [] } });
    expect(sent[0]?.json['flags']).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
    expect(sent[0]?.json).not.toHaveProperty('content');
    expect(sent[0]?.json).not.toHaveProperty('embeds');
  });

  it('is of Components V2 with its edit, not with the deferral, which Discord would refuse', async () => {
    await deferReply(interaction, 'reply');
    await sendReply(interaction, 'reply', LAYOUT);

    expect(sent.map(({ method, json }) => [method, json['flags']])).toEqual([
      ['POST', MessageFlags.Ephemeral],
      ['PATCH', MessageFlags.IsComponentsV2],
    ]);
    expect(sent[1]?.json).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  it('edits the deferral that Discord has, though its word of that was lost', async () => {
    troubles = [
      Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      { status: 400, code: 40_060 },
    ];

    await deferReply(interaction, 'reply');
    await sendReply(interaction, 'reply', { content: 'Here it is.' });

    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH']);
  });

  it('is not sent again when Discord refuses it', async () => {
    troubles = [{ status: 400, code: 50_035 }];

    await expect(sendReply(interaction, 'reply', LAYOUT)).rejects.toMatchObject({ code: 50_035 });

    expect(sent).toHaveLength(1);
  });

  it('for everybody is seen by everybody', async () => {
    await sendReply(interaction, 'show', { content: 'A page' });

    expect(sent[0]?.json['flags']).toBeUndefined();
  });
});
