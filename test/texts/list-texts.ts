import { SAMPLES } from './samples.ts';

/** A text that people see, by its path in the texts. */
interface ListedText {
  readonly path: string;
  readonly text: string;
}

/** Every text in the order in which they stand; one that needs values gets the samples of its parameters' names. */
export function listTexts(texts: unknown, path = ''): readonly ListedText[] {
  if (typeof texts === 'string') return [{ path, text: texts }];
  if (typeof texts === 'function') return [{ path, text: callWithSamples(texts, path) }];
  if (typeof texts !== 'object' || texts === null) return [];
  return Object.entries(texts).flatMap(([key, value]) =>
    listTexts(value, path === '' ? key : `${path}.${key}`),
  );
}

function callWithSamples(words: Function, path: string): string {
  const source = Function.prototype.toString.call(words);
  const parameters = readParameters(source).map((parameter) => sampleOf(parameter, path));
  try {
    return String(Reflect.apply(words, undefined, parameters));
  } catch (error) {
    return String(error);
  }
}

/** From the source of a function, each as `name` or `{ name, name }`. */
function readParameters(source: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const letter of source.slice(source.indexOf('('))) {
    if (')}'.includes(letter)) depth -= 1;
    if (depth === 0 && parts.join('') !== '') break;
    if (letter === ',' && depth === 1) parts.push('');
    else if (letter !== '(') parts.push(`${parts.pop() ?? ''}${letter}`);
    if ('({'.includes(letter)) depth += 1;
    if (depth === 0) break;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A sample for this text alone goes before one for all. What has none is named, and the test of the table fails. */
function sampleOf(parameter: string, path: string): unknown {
  if (parameter.startsWith('{')) {
    const names = parameter.match(/\w+/g) ?? [];
    return Object.fromEntries(names.map((name) => [name, sampleOf(name, path)]));
  }
  return SAMPLES[`${path}.${parameter}`] ?? SAMPLES[parameter] ?? `‹${parameter}›`;
}
