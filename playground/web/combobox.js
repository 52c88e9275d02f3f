import { element } from './element.js';

let serial = 0;

/**
 * Makes an input suggest choices (`{ name, value, hint }`) as one types. `load(text)` finds them, `choose(choice)`
 * takes one, with the key that was pressed. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function makeCombobox(input, { load, choose, label }) {
  serial += 1;
  const list = element('ul', {
    id: `choices-${serial}`,
    className: 'choices',
    role: 'listbox',
    hidden: true,
    'aria-label': label,
  });
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value);
  input.after(list);
  let choices = [];
  let at = -1;
  let asked = 0;

  function close() {
    asked += 1;
    choices = [];
    at = -1;
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }
  function mark(index) {
    at = index;
    for (const [place, shown] of [...list.children].entries())
      shown.setAttribute('aria-selected', String(place === at));
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', list.children[at]?.id ?? '');
  }
  function take(choice, key) {
    close();
    choose(choice, key);
  }
  function item(choice, index) {
    const made = element(
      'li',
      { id: `${list.id}-${index}`, role: 'option' },
      element('span', { className: 'choice-name' }, choice.name),
      choice.hint ? element('span', { className: 'choice-hint' }, choice.hint) : undefined,
    );
    made.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      take(choice);
    });
    return made;
  }
  async function refresh() {
    asked += 1;
    const mine = asked;
    const found = await load(input.value);
    if (mine !== asked) return;
    if (found.length === 0) {
      close();
      return;
    }
    choices = found;
    list.replaceChildren(...found.map(item));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark(0);
  }
  input.addEventListener('input', () => void refresh());
  input.addEventListener('focus', () => void refresh());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (choices.length === 0) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      mark((at + step + choices.length) % choices.length);
    } else if (event.key === 'Escape') close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && choices[at] !== undefined)
      take(choices[at], event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { close };
}
