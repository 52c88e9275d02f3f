import { element } from './element.js';

const FORMATS = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};
const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
const REFRESH_MS = 15_000;

function sayDistance(milliseconds) {
  const seconds = (milliseconds - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  return relative.format(Math.round(seconds / size), unit);
}

/** https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
export function timestamp(seconds, style = 'f') {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  const full = new Intl.DateTimeFormat(undefined, FORMATS.F).format(date);
  const made = element('time', { className: 'timestamp', dateTime: date.toISOString(), title: full });
  if (style === 'R') made.dataset.relative = String(date.getTime());
  made.textContent =
    style === 'R'
      ? sayDistance(date.getTime())
      : new Intl.DateTimeFormat(undefined, FORMATS[style] ?? FORMATS.f).format(date);
  return made;
}

/** “In 5 minutes”, kept true while the page is open. */
export function relativeTime(iso) {
  return timestamp(Math.floor(Date.parse(iso) / 1000), 'R');
}

/** “Today at 9:00 AM”, as over a message. */
export function sayWhen(iso) {
  const date = new Date(iso);
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(date);
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (date.getTime() >= midnight) return `Today at ${time}`;
  const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' }).format(date);
  return `${day} ${time}`;
}

/** Keeps “in 5 minutes” true while the page is open. */
export function keepRelativeTimes() {
  setInterval(() => {
    for (const time of document.querySelectorAll('time[data-relative]'))
      time.textContent = sayDistance(Number(time.dataset.relative));
  }, REFRESH_MS);
}
