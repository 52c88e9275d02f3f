import { element, link, webAddress } from './element.js';

/** The sample's pictures exist nowhere else: the playground draws them. */
const SAMPLE = /^https:\/\/cdn-uploads\.huggingface\.co\/sample\/([\w.-]+)\.png$/;

/** A picture; where it cannot be loaded, nothing. */
export function renderPicture(address, { className, description, spoiler = false }) {
  const src = webAddress(address)?.replace(SAMPLE, '/pictures/$1.svg');
  if (src === undefined) return undefined;
  const picture = element('img', {
    src,
    alt: description ?? '',
    loading: 'lazy',
    referrerPolicy: 'no-referrer',
  });
  const frame = element('div', { className: spoiler ? `${className} spoiler` : className }, picture);
  picture.addEventListener('error', () => frame.remove());
  return frame;
}

export function renderGallery(items) {
  const pictures = items.map(({ media, description, spoiler }) =>
    renderPicture(media.url, { className: 'gallery-item', description, spoiler }),
  );
  return element('div', { className: 'gallery' }, ...pictures);
}

const UNITS = ['bytes', 'KB', 'MB'];

function saySize(bytes) {
  const unit = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), UNITS.length - 1);
  return `${Math.round((bytes / 1024 ** unit) * 100) / 100} ${UNITS[unit]}`;
}

/** A file that a message has: a picture is shown. */
export function renderAttachment(file) {
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.content_type ?? '');
  if (!isPicture) return renderFile(file);
  return renderPicture(file.url, { className: 'attached-picture', description: file.description });
}

export function renderFile({ url, filename = url.split('/').at(-1), size }) {
  return element(
    'div',
    { className: 'file' },
    element('span', { className: 'file-icon', 'aria-hidden': 'true' }),
    element(
      'div',
      { className: 'file-about' },
      link(url, filename),
      size === undefined ? undefined : element('div', { className: 'file-size' }, saySize(size)),
    ),
  );
}
