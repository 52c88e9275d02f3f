import { type Form, partOf, type Path } from '../http/form.ts';

const TOTAL = 6000;

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
export function checkEmbeds(form: Form, value: unknown): void {
  let total = 0;
  for (const [index, embed] of form.list(value, ['embeds'], 10).entries())
    total += checkEmbed(form, partOf(embed), ['embeds', index]);
  if (total > TOTAL) form.report(['embeds'], `Embed size exceeds maximum size of ${TOTAL}`);
}

/** Gives how many characters count towards the total. */
function checkEmbed(form: Form, embed: ReturnType<typeof partOf>, path: Path): number {
  const hasFooter = embed['footer'] !== undefined && embed['footer'] !== null;
  let total = form.text(embed['title'], [...path, 'title'], { max: 256 });
  total += form.text(embed['description'], [...path, 'description'], { max: 4096 });
  total += form.text(partOf(embed['footer'])['text'], [...path, 'footer', 'text'], {
    max: 2048,
    required: hasFooter,
  });
  total += form.text(partOf(embed['author'])['name'], [...path, 'author', 'name'], { max: 256 });
  form.url(embed['url'], [...path, 'url']);
  form.url(partOf(embed['author'])['url'], [...path, 'author', 'url']);
  for (const name of ['image', 'thumbnail'])
    form.url(partOf(embed[name])['url'], [...path, name, 'url'], /^(https?|attachment):\/\/\S+$/);
  for (const [index, field] of form.list(embed['fields'], [...path, 'fields'], 25).entries()) {
    const here = [...path, 'fields', index];
    total += form.text(partOf(field)['name'], [...here, 'name'], { max: 256, required: true });
    total += form.text(partOf(field)['value'], [...here, 'value'], { max: 1024, required: true });
  }
  return total;
}
