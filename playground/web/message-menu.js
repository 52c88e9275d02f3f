import { element } from './element.js';

const KEYS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * The menu of a message, with the commands that apps put there: by its button, a right click, or a long press.
 * `list()` gives the names of the commands, `use(name, messageId)` runs one.
 * https://www.w3.org/WAI/ARIA/apg/patterns/menu/
 */
export function makeMessageMenu(log, { list, use }) {
  const menu = element('div', {
    className: 'message-menu',
    popover: 'auto',
    role: 'menu',
    'aria-label': 'Apps',
  });
  document.body.append(menu);

  function open(message, { left, top }) {
    const items = list().map((name) => {
      const item = element('button', { type: 'button', className: 'menu-item', role: 'menuitem' }, name);
      item.addEventListener('click', () => {
        menu.hidePopover();
        use(name, message.dataset.id);
      });
      return item;
    });
    menu.replaceChildren(
      element('div', { className: 'menu-title' }, items.length === 0 ? 'No apps here' : 'Apps'),
      ...items,
    );
    menu.showPopover();
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(top, innerHeight - menu.offsetHeight - 8))}px`;
    items[0]?.focus();
  }

  log.addEventListener('click', ({ target }) => {
    const button = target.closest('.more');
    if (button === null) return;
    const { right, bottom } = button.getBoundingClientRect();
    open(button.closest('.message'), { left: right - 180, top: bottom + 4 });
  });
  // Browsers of phones send this for a long press.
  log.addEventListener('contextmenu', (event) => {
    const message = event.target.closest('.message');
    if (message === null || event.target.closest('a, select') !== null || list().length === 0) return;
    event.preventDefault();
    open(message, { left: event.clientX, top: event.clientY });
  });
  menu.addEventListener('keydown', (event) => {
    const step = KEYS[event.key];
    if (event.key === 'Tab') menu.hidePopover();
    if (step === undefined) return;
    event.preventDefault();
    const items = [...menu.querySelectorAll('.menu-item')];
    items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
  });
}
