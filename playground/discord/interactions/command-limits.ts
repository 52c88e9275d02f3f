import { ApiError } from '../http/api-error.ts';
import { type Path, type Problem, refuseForm } from '../http/form.ts';
import { isRecord } from '../state.ts';

type Report = (path: Path, message: string) => void;
type Item = Readonly<Record<string, unknown>>;

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const items = (value: unknown): Item[] =>
  Array.isArray(value) ? value.map((one: unknown) => (isRecord(one) ? one : {})) : [];

function within(value: unknown, max: number): boolean {
  if (typeof value !== 'string') return false;
  const length = Array.from(value.trim()).length;
  return length >= 1 && length <= max;
}

function reportChoices(value: unknown, path: Path, report: Report): void {
  const choices = items(value);
  if (choices.length > 25) report(path, 'Must be 25 or fewer in length.');
  for (const [at, choice] of choices.entries()) {
    if (!within(choice['name'], 100)) report([...path, at, 'name'], 'Must be between 1 and 100 in length.');
    const answer = choice['value'];
    if (typeof answer !== 'number' && !within(answer, 100))
      report([...path, at, 'value'], 'Must be between 1 and 100 in length.');
  }
}

function reportName(item: Item, path: Path, report: Report): void {
  const name = item['name'];
  if (typeof name !== 'string' || !NAME.test(name) || name !== name.toLowerCase())
    report([...path, 'name'], 'String value did not match validation regex.');
  if (!within(item['description'], 100))
    report([...path, 'description'], 'Must be between 1 and 100 in length.');
}

function reportOptions(value: unknown, path: Path, report: Report): void {
  const options = items(value);
  if (options.length > 25) report(path, 'Must be 25 or fewer in length.');
  const names = new Set<unknown>();
  let optional = false;
  for (const [at, option] of options.entries()) {
    const here = [...path, at];
    reportName(option, here, report);
    if (names.has(option['name'])) report([...here, 'name'], 'Option name is already used');
    names.add(option['name']);
    if (option['required'] === true && optional)
      report([...here, 'required'], 'Required options must be placed before non-required options');
    optional ||= option['required'] !== true;
    if (option['autocomplete'] === true && items(option['choices']).length > 0)
      report([...here, 'choices'], 'Choices cannot be used with autocomplete');
    reportChoices(option['choices'], [...here, 'choices'], report);
    reportOptions(option['options'], [...here, 'options'], report);
  }
}

/** https://discord.com/developers/docs/interactions/application-commands */
export function checkCommands(body: unknown): void {
  if (!Array.isArray(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
  const problems: Problem[] = [];
  const report: Report = (path, message) => void problems.push({ path, message });
  const seen = new Set<string>();
  const counts = new Map<unknown, number>();
  for (const [at, command] of items(body).entries()) {
    const type = command['type'] ?? 1;
    const key = JSON.stringify([type, command['name']]);
    if (seen.has(key)) report([at, 'name'], 'Application command names must be unique');
    seen.add(key);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if ((counts.get(type) ?? 0) > (type === 1 ? 100 : 15)) report([at], 'Maximum number of commands reached');
    if (type === 1) reportName(command, [at], report);
    else if (!within(command['name'], 32)) report([at, 'name'], 'Must be between 1 and 32 in length.');
    reportOptions(command['options'], [at, 'options'], report);
  }
  refuseForm(problems);
}

export function checkChoices(choices: readonly unknown[], path: Path): void {
  const problems: Problem[] = [];
  reportChoices(choices, path, (at, message) => void problems.push({ path: at, message }));
  refuseForm(problems);
}
