import { element } from './element.js';

/** What to try first. Those without options to fill in run at once. */
const STARTERS = [
  { name: 'help', options: {} },
  { name: 'search', options: { query: 'diffusion' } },
  { name: 'papers', options: {} },
  { name: 'trending', options: { period: 'month' } },
  { name: 'trends', options: { topic: 'agents', topic2: 'video', period: 'all' } },
  { name: 'paper', options: { paper: 'attention is all you need' } },
  { name: 'reading', options: {} },
  { name: 'subscribe' },
];

/** Commands to click. `run(name, options)` runs one, `begin(name)` puts it into the composer. */
export function makeStarters(parent, { run, begin }) {
  const buttons = STARTERS.map(({ name, options }) => {
    const text = ['/', name, ...Object.values(options ?? {}).map((value) => ` ${value}`)].join('');
    const made = element('button', { type: 'button', className: 'starter' }, text);
    made.addEventListener('click', () => (options === undefined ? begin(name) : run(name, options)));
    return made;
  });
  parent.append(element('span', { className: 'try' }, 'Try'), ...buttons);
  return {
    /** Shows those that can be used in a place. */
    show(commands) {
      for (const [index, { name }] of STARTERS.entries())
        buttons[index].hidden = !commands.some((command) => command.name === name);
      parent.hidden = buttons.every(({ hidden }) => hidden);
    },
  };
}
