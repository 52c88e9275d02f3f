import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { listTexts } from './list-texts.ts';

/** `npm run texts`: all that people read, with sample values, to be read through. */
for (const { path, text } of listTexts(textsFor(DEFAULT_LOCALE))) {
  process.stdout.write(`${path.padEnd(44)}  ${text.replaceAll('\n', `\n${' '.repeat(46)}`)}\n`);
}
