import { ApiError } from '../http/api-error.ts';
import { createForm, partOf, refuseForm } from '../http/form.ts';
import type { ReadBody } from '../http/read-body.ts';
import type { Attachment, JsonRecord } from '../state.ts';
import type { World } from '../world.ts';

/** A file that somebody sent, until a message takes it. */
export interface Upload extends Pick<Attachment, 'id' | 'filename' | 'size'> {
  readonly content: File;
  readonly description?: string;
}

const MAX_FILES = 10;
/** `attachment_size_limit` without boosts, in bytes. */
const MAX_BYTES = 10 * 1024 * 1024;

/** Keeps the files of a request, and puts their ids where its body counts them by their numbers. */
export function keepUploads(world: World, path: string, { body, files }: ReadBody): unknown {
  if (files.size === 0) return body;
  if (files.size > MAX_FILES)
    throw new ApiError(400, 30_015, `Maximum number of attachments in a message reached (${MAX_FILES})`);
  if ([...files.values()].some(({ size }) => size > MAX_BYTES))
    throw new ApiError(400, 50_045, 'File uploaded exceeds the maximum size');
  const room = path.startsWith('/interactions/') ? 'data' : path.endsWith('/threads') ? 'message' : undefined;
  const message = partOf(room === undefined ? body : partOf(body)[room]);
  const kept = { ...message, attachments: numberUploads(world, message['attachments'], files) };
  return room === undefined ? kept : { ...partOf(body), [room]: kept };
}

/** Without metadata, all files are attached. */
function numberUploads(world: World, metadata: unknown, files: ReadBody['files']): unknown[] {
  const form = createForm();
  const entries = form.list(metadata, ['attachments'], MAX_FILES).map(partOf);
  const all = metadata === undefined ? [...files.keys()].map((id): JsonRecord => ({ id })) : entries;
  const kept = all.map((entry, at) => {
    const file = files.get(Number(entry['id']));
    form.text(entry['description'], ['attachments', at, 'description'], { max: 1024 });
    return file === undefined ? entry : { id: keep(world, file, entry) };
  });
  refuseForm(form.problems);
  return kept;
}

function keep(world: World, file: File, { filename, description }: JsonRecord): string {
  const id = world.nextId();
  world.uploads.set(id, {
    id,
    filename: cleanName(typeof filename === 'string' ? filename : file.name),
    size: file.size,
    content: file,
    ...(typeof description === 'string' ? { description } : {}),
  });
  return id;
}

/** Discord leaves letters, digits, dots, dashes and underscores of a name. */
function cleanName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]/g, '_').replace(/^_+/, '') || 'unknown';
}

/** What a message has attached, of the ids that its body names. */
export function findAttachments(world: World, channelId: string, value: unknown): Attachment[] {
  const form = createForm();
  const found = form.list(value, ['attachments'], MAX_FILES).flatMap((one, at) => {
    const upload = world.uploads.get(String(partOf(one)['id']));
    if (upload !== undefined) return [describe(world, channelId, upload)];
    form.report(['attachments', at, 'id'], 'Attachment data is not in the request');
    return [];
  });
  refuseForm(form.problems);
  return found;
}

function describe(world: World, channelId: string, { content, ...upload }: Upload): Attachment {
  const url = `${world.cdnUrl()}/attachments/${channelId}/${upload.id}/${upload.filename}`;
  return { ...upload, content_type: content.type, url, proxy_url: url };
}

/** A file that a person attaches to a command, as the command's data has it. */
export function attachToCommand(world: World, channelId: string, file: File): Attachment {
  const upload = world.uploads.get(keep(world, file, {}));
  if (upload === undefined) throw new Error('The file is not there');
  const { content: _content, ...attachment } = upload;
  const url = `${world.cdnUrl()}/ephemeral-attachments/${channelId}/${upload.id}/${upload.filename}`;
  return { ...attachment, content_type: file.type, url, proxy_url: url };
}

/** The file at a path such as `/attachments/channel/id/name`. */
export function findFile({ uploads }: World, path: string): File | undefined {
  const [, id = ''] = /^\/(?:ephemeral-)?attachments\/\d+\/(\d+)\//.exec(path) ?? [];
  return uploads.get(id)?.content;
}

/** Gives the addresses of attached files where embeds and components name them as `attachment://name`. */
export function resolveReferences<Value>(value: Value, attachments: readonly Attachment[]): Value {
  const copy = structuredClone(value);
  resolveInside(copy, attachments);
  return copy;
}

function resolveInside(value: unknown, attachments: readonly Attachment[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const one of Object.values(value)) resolveInside(one, attachments);
  const { url } = partOf(value);
  const name = typeof url === 'string' ? /^attachment:\/\/(.+)$/.exec(url)?.[1] : undefined;
  if (name === undefined) return;
  const found = attachments.find(({ filename }) => filename === cleanName(name));
  if (found === undefined) throw new ApiError(400, 50_035, 'Invalid Form Body', NOT_FOUND);
  Object.assign(value, { url: found.url, attachment_id: found.id });
}

export const NOT_FOUND = {
  components: {
    _errors: [{ code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message: 'No such file' }],
  },
};
