import type { CitedPaper } from '../../src/papers/citations.ts';

/** A line of a list, with the note as a quotation below it. */
export function printMarkdown({ paper, saved }: CitedPaper): string {
  const { id, title, authors, publishedOn } = paper;
  const link = `- [${title.replaceAll(/[\\[\]]/g, '\\$&')}](https://huggingface.co/papers/${id})`;
  const facts = [
    authors.slice(0, 3).join(', ') + (authors.length > 3 ? ' et al.' : ''),
    publishedOn.slice(0, 4),
  ];
  const tags = saved.tags?.map((tag) => `#${tag.replaceAll(' ', '-')}`).join(' ');
  const head = [`${link} ${facts.filter((fact) => fact !== '').join(', ')}`, tags].filter(Boolean).join(' ');
  const note = (saved.note ?? '').split('\n').map((line) => line.trim());
  return [head, ...note.filter((line) => line !== '').map((line) => `  > ${line}`)].join('\n');
}
