import { renderButton, renderRow } from './controls.js';
import { element } from './element.js';
import { markdown } from './markdown.js';
import { renderFile, renderGallery, renderPicture } from './media.js';

const TYPE = { section: 9, text: 10, gallery: 12, file: 13, separator: 14, container: 17 };
const THUMBNAIL = 11;
const LARGE = 2;

function renderContainer({ components, accent_color: colour, spoiler }, use) {
  const made = element(
    'div',
    { className: spoiler ? 'container spoiler' : 'container' },
    ...components.map((one) => renderPart(one, use)),
  );
  if (typeof colour === 'number') {
    made.classList.add('accented');
    made.style.setProperty('--bar', `#${colour.toString(16).padStart(6, '0')}`);
  }
  return made;
}

function renderSection({ components, accessory }, use) {
  const { media, description, spoiler } = accessory;
  const beside =
    accessory.type === THUMBNAIL
      ? renderPicture(media.url, { className: 'accessory thumbnail', description, spoiler })
      : element('div', { className: 'accessory' }, renderButton(accessory, use.act));
  return element(
    'div',
    { className: 'section' },
    element('div', { className: 'section-texts' }, ...components.map((one) => renderPart(one, use))),
    beside,
  );
}

function renderSeparator({ divider = true, spacing = 1 }) {
  const made = element('hr', { className: spacing === LARGE ? 'separator large' : 'separator' });
  made.classList.toggle('divider', divider);
  return made;
}

/**
 * One component of a message, as Discord draws it. `use` has the verbs (`act`), the `names` of ids, and the `guildId`.
 * https://docs.discord.com/developers/components/reference
 */
export function renderPart(part, use) {
  switch (part.type) {
    case TYPE.text:
      return element('div', { className: 'content' }, ...markdown(part.content, use.names));
    case TYPE.container:
      return renderContainer(part, use);
    case TYPE.section:
      return renderSection(part, use);
    case TYPE.gallery:
      return renderGallery(part.items);
    case TYPE.file:
      return renderFile({ url: part.file.url, filename: part.name, size: part.size });
    case TYPE.separator:
      return renderSeparator(part);
    default:
      return renderRow(part, use);
  }
}
