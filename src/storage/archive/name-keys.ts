import { foldText } from '../../topics/query/fold-text.ts';

/**
 * What a paper can be called by. A key is a name without what people write in one way or another: case, accents,
 * spaces, hyphens. `FlashAttention`, `flash attention` and `flash-attention` have the same.
 */
export interface NameKeys {
  /** Of each whole name: `swebench` for `SWE-bench: Can Language Models …`. */
  readonly whole: readonly string[];
  /** Of the title, which somebody may have begun to type. */
  readonly title: string;
}

/** Longer names are found by their words. */
const LONGEST_KEY = 60;
/** What stands in front of a colon, or of a dash between spaces. */
const NAME = /^(.{1,80}?)(?:[:：]\s|\s[-–—]{1,3}\s)/u;
/** `Qwen3 Technical Report` is the paper of Qwen3. */
const REPORT = /\s+(?:technical|system|model)\s+(?:report|card)$/iu;
const ARTICLE = /^(?:the|introducing)\s+/iu;
const IN_BRACKETS = /\(([^)]*)\)/u;
/** TeX for how a letter looks. */
const TEX_STYLE = /\\(?:text|math)[a-z]*/giu;
const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  ζ: 'zeta',
  η: 'eta',
  θ: 'theta',
  λ: 'lambda',
  μ: 'mu',
  π: 'pi',
  ρ: 'rho',
  σ: 'sigma',
  τ: 'tau',
  φ: 'phi',
  χ: 'chi',
  ψ: 'psi',
  ω: 'omega',
};

/** The letters and digits of a text; people type `pi0` for `π0`. */
export function nameKey(text: string): string {
  const letters = foldText(text).replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '');
  return letters.replaceAll(/[α-ω]/gu, (letter) => GREEK[letter] ?? letter).slice(0, LONGEST_KEY);
}

export function nameKeysOf(title: string): NameKeys {
  const plain = title.replaceAll(TEX_STYLE, '');
  const written = NAME.exec(title)?.[1];
  const names = [written, NAME.exec(plain)?.[1], REPORT.test(plain) ? plain : undefined]
    .filter((name) => name !== undefined)
    .flatMap((name) => [name, name.replace(IN_BRACKETS, ' '), IN_BRACKETS.exec(name)?.[1] ?? ''])
    .flatMap((name) => [name, name.trim().replace(REPORT, '')])
    .flatMap((name) => [name, name.replace(ARTICLE, '')]);
  const whole = new Set(names.map(nameKey).filter((key) => key !== ''));
  return { whole: [...whole], title: nameKey(plain.replace(ARTICLE, '')) };
}

/** How much of a title's key each of its words ends, and each change between letters and digits. */
export function endsInKey(title: string): ReadonlySet<number> {
  const parts =
    title
      .replaceAll(TEX_STYLE, '')
      .replace(ARTICLE, '')
      .match(/\p{N}+(?:\.\p{N}+)*|[^\p{N}\s\p{P}\p{S}]+/gu) ?? [];
  let end = 0;
  return new Set(parts.map((part) => (end += nameKey(part).length)));
}
