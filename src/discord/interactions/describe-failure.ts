import { randomBytes } from 'node:crypto';
import { SourceError, StorageError, UserError } from '../../errors.ts';
import { COMMAND_TEXTS } from '../texts/command-texts.ts';
import type { Log } from './create-client.ts';
import { userErrorText } from '../texts/texts.ts';

/** What to tell the person; all that is not theirs to know goes to the log, under the reference they are given. */
export function describeFailure(error: unknown, log: Log): string {
  if (error instanceof UserError) return userErrorText(error);
  const reference = randomBytes(4).toString('hex');
  if (error instanceof SourceError) {
    if (error.reason === 'busy') return COMMAND_TEXTS.sourceBusy;
    log.warn({ err: error, reference }, 'a source failed while answering');
    return error.reason === 'rate-limited'
      ? COMMAND_TEXTS.sourceBusy
      : COMMAND_TEXTS.sourceFailed(error.source);
  }
  if (error instanceof StorageError) {
    log.error({ err: error, reference }, 'storage failed while answering');
    return COMMAND_TEXTS.storageFailed(reference);
  }
  log.error({ err: error, reference }, 'an interaction failed');
  return COMMAND_TEXTS.unexpected(reference);
}
