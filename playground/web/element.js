/** Makes an element: properties by name, attributes where the name has a dash or is a role; text is never markup. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key === 'role' || key.includes('-')) made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The address, when it is one that a link may lead to. */
export function webAddress(text) {
  const url = URL.parse(text ?? '');
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

/** A link to elsewhere; plain content when the address is not of the web. */
export function link(address, ...children) {
  const href = webAddress(address);
  if (href === undefined) return element('span', {}, ...children);
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
