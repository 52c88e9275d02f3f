/** A file of a multipart body, by its number `n` in `files[n]`. */
export type UploadedFiles = ReadonlyMap<number, File>;
export interface ReadBody {
  /** The JSON of a body, also that in the `payload_json` of a form. */
  readonly body: unknown;
  readonly files: UploadedFiles;
}

/** https://discord.com/developers/docs/reference#uploading-files */
export async function readBody(bytes: Uint8Array<ArrayBuffer>, contentType = ''): Promise<ReadBody> {
  const parse = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));
  if (!contentType.startsWith('multipart/form-data'))
    return { body: parse(new TextDecoder().decode(bytes)), files: new Map() };
  const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
  const files = new Map<number, File>();
  for (const [name, value] of form) {
    const [, number] = /^files\[(\d+)\]$/.exec(name) ?? [];
    if (number !== undefined && typeof value !== 'string') files.set(Number(number), value);
  }
  const payload = form.get('payload_json');
  return { body: parse(typeof payload === 'string' ? payload : ''), files };
}
