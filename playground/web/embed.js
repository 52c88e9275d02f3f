import { element, link } from './element.js';
import { inline, markdown } from './markdown.js';
import { renderPicture } from './media.js';
import { sayWhen } from './timestamp.js';

function author({ name, url }) {
  return element('div', { className: 'embed-author' }, url ? link(url, name) : name);
}

function fields(list, names) {
  const boxes = list.map(({ name, value, inline: beside }) =>
    element(
      'div',
      { className: beside ? 'field beside' : 'field' },
      element('div', { className: 'field-name' }, ...inline(name, names)),
      element('div', { className: 'field-value' }, ...markdown(value, names)),
    ),
  );
  return element('div', { className: 'fields' }, ...boxes);
}

function title({ title: text, url }, names) {
  const content = inline(text, names);
  return element('div', { className: 'embed-title' }, ...(url ? [link(url, ...content)] : content));
}

/** https://docs.discord.com/developers/resources/message#embed-object */
export function renderEmbed(embed, names) {
  const footer = [embed.footer?.text, embed.timestamp && sayWhen(embed.timestamp)]
    .filter(Boolean)
    .join(' • ');
  const made = element(
    'article',
    { className: 'embed' },
    element(
      'div',
      { className: 'embed-body' },
      embed.author && author(embed.author),
      embed.title ? title(embed, names) : undefined,
      embed.description &&
        element('div', { className: 'embed-description' }, ...markdown(embed.description, names)),
      embed.fields?.length ? fields(embed.fields, names) : undefined,
    ),
    embed.thumbnail && renderPicture(embed.thumbnail.url, { ...embed.thumbnail, className: 'thumbnail' }),
    embed.image && renderPicture(embed.image.url, { ...embed.image, className: 'picture' }),
    footer === '' ? undefined : element('footer', { className: 'embed-footer' }, footer),
  );
  if (embed.color !== undefined)
    made.style.setProperty('--bar', `#${embed.color.toString(16).padStart(6, '0')}`);
  return made;
}
