import { SourceError, UserError } from '../errors.ts';

const TIMEOUT_MS = 10_000;
const MEGABYTE = 1024 * 1024;

/** What is no UTF-8 is replaced. Raises `file-too-large` and `SourceError`. */
export async function fetchText(url: string, mostMegabytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    const { ok, status, body } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!ok || body === null) throw new Error(`HTTP ${status}`);
    for await (const part of body) {
      bytes += part.byteLength;
      if (bytes > mostMegabytes * MEGABYTE)
        throw new UserError('file-too-large', { megabytes: mostMegabytes });
      text += decoder.decode(part, { stream: true });
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new SourceError('Discord', 'network', { cause: error });
  }
  return text + decoder.decode();
}
