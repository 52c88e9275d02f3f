import { element } from './element.js';

/** What to try first. Those without options to fill in run at once. */
const STARTERS = [
  { name: 'help', options: {} },
  { name: 'search', options: { query: 'diffusion' } },
  { name: 'papers', options: {} },
  { name: 'trending', options: { period: 'month' } },
  { name: 'paper', options: { paper: 'attention is all you need' } },
  { name: 'subscribe' },
];

/** Commands to click, of those that `commands` has. `run(name, options)` runs one, `begin(name)` puts it into the composer. */
export function renderStarters(commands, { run, begin }) {
  const offered = STARTERS.filter(({ name }) => commands.some((command) => command.name === name));
  const buttons = offered.map(({ name, options }) => {
    const text = ['/', name, ...Object.values(options ?? {}).map((value) => ` ${value}`)].join('');
    const made = element('button', { type: 'button', className: 'starter' }, text);
    made.addEventListener('click', () => (options === undefined ? begin(name) : run(name, options)));
    return made;
  });
  return buttons.length === 0 ? [] : [element('span', { className: 'try' }, 'Try'), ...buttons];
}
