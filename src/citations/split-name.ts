import { parse } from '@citation-js/name';

/** As CSL has names: https://docs.citationstyles.org/en/stable/specification.html#names */
export type CslName =
  | { readonly literal: string }
  | {
      readonly family: string;
      readonly given: string;
      readonly 'non-dropping-particle'?: string;
      readonly suffix?: string;
    };

const SUFFIX = /,?\s+(Jr\.?|Sr\.?|II|III|IV)$/i;
const TEAM = /\b(teams?|groups?|labs?|research|consortium|collaboration|project|AI|community)$/i;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A name as its owner writes it. One that cannot be split for sure stays whole. */
export function splitName(name: string): CslName {
  const suffix = SUFFIX.exec(name)?.[1];
  const rest = name.replace(SUFFIX, '').trim();
  if (!rest.includes(' ') || TEAM.test(rest) || rest.includes(',')) return { literal: name };
  if (EAST_ASIAN.test(rest)) {
    const [family = '', ...given] = rest.split(/\s+/);
    return { family, given: given.join(' ') };
  }
  const { family = '', given = '', 'non-dropping-particle': particle } = parse(rest);
  const isWhole = [given, particle, family].filter(Boolean).join(' ') === rest.replaceAll(/\s+/g, ' ');
  if (!isWhole || family === '' || given === '') return { literal: name };
  return {
    family,
    given,
    ...(particle === undefined ? {} : { 'non-dropping-particle': particle }),
    ...(suffix === undefined ? {} : { suffix }),
  };
}
