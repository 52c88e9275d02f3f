import { element, link } from './element.js';
import { markdown } from './markdown.js';

const SECTION = 9;
const TEXT = 10;
const GALLERY = 12;
const FILE = 13;
const CONTAINER = 17;

function picture({ media, description }) {
  return element('img', { src: media.url, alt: description ?? '', loading: 'lazy', className: 'picture' });
}

/** A part of a message of components v2; `controls` renders a row of buttons and menus. */
export function renderPart(part, names, controls) {
  const inside = (parts) => parts.map((one) => renderPart(one, names, controls));
  if (part.type === TEXT) return element('div', { className: 'content' }, ...markdown(part.content, names));
  if (part.type === CONTAINER) return element('div', { className: 'embed' }, ...inside(part.components));
  if (part.type === GALLERY) return element('div', { className: 'row' }, ...part.items.map(picture));
  if (part.type === FILE) return renderFile(part.file);
  if (part.type === SECTION) {
    const { accessory } = part;
    const beside = 'media' in accessory ? picture(accessory) : controls({ components: [accessory] });
    return element('div', {}, ...inside(part.components), beside);
  }
  return 'components' in part ? controls(part) : element('hr');
}

export function renderFile({ url, filename = url.split('/').at(-1) }) {
  return element('div', { className: 'row' }, link(url, filename));
}
