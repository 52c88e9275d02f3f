import { splitWords } from '../query/fold-text.ts';
import {
  type CountPapers,
  type Glossary,
  openGlossary,
  spacedKey,
  type SpacedLanguage,
  type Understood,
} from './glossary.ts';

/**
 * Reads folded words by the glossary of a language that is written with spaces. Words that many papers have are English
 * whatever they mean elsewhere, and one that neither the glossary nor any paper has is left out.
 */
export function readSpaced(
  words: readonly string[],
  language: SpacedLanguage,
  papersWith: CountPapers,
): Understood {
  const tools = { glossary: openGlossary(language), language, papersWith };
  const terms: string[] = [];
  let explained = 0;
  let unexplained = 0;
  let hasForeign = false;
  for (let at = 0; at < words.length;) {
    const found = findTerm(words.slice(at, at + tools.glossary.longest), tools);
    const word = words[at] ?? '';
    if (found !== undefined) {
      terms.push(...found.english);
      if (!isEnglish(found)) {
        hasForeign = true;
        explained += found.typed.join('').length;
      }
    } else if (tools.glossary.littleWords.has(word)) {
      explained += word.length;
    } else {
      // A term that both languages write alike tells nothing.
      if (!tools.glossary.terms.has(spacedKey([word], language))) unexplained += word.length;
      if (papersWith(word) > 0) terms.push(word);
    }
    at += found?.typed.length ?? 1;
  }
  return { terms, explained, isForeign: hasForeign && explained >= EXPLAINED * (explained + unexplained) };
}

/** A word that more papers have is an English one. */
const FEW = 20;
/**
 * Share that the glossary has to explain of the letters of words that the two languages do not share, so that an English
 * query is not taken for another.
 */
const EXPLAINED = 0.5;

interface Tools {
  readonly glossary: Glossary;
  readonly language: SpacedLanguage;
  readonly papersWith: CountPapers;
}

interface FoundTerm {
  readonly english: readonly string[];
  readonly typed: readonly string[];
}

/** Whether a term is called the same in English. */
function isEnglish({ english, typed }: FoundTerm): boolean {
  const plain = splitWords(english.join(' ')).join(' ');
  return [plain, `${plain}s`].includes(typed.join(' '));
}

/** The longest term that the words begin with. */
function findTerm(words: readonly string[], tools: Tools): FoundTerm | undefined {
  const { glossary, language, papersWith } = tools;
  for (let length = words.length; length > 0; length -= 1) {
    const typed = words.slice(0, length);
    const english = glossary.terms.get(spacedKey(typed, language));
    // All words of `génération d'images` are English too: only the `d` between them makes it French.
    const isForeign = (word: string) => glossary.littleWords.has(word) || papersWith(word) <= FEW;
    if (english !== undefined && typed.some(isForeign)) return { english: [english], typed };
  }
  const [word = ''] = words;
  const parts = language === 'de' && word.length <= LONGEST_COMPOUND ? splitCompound(word, tools) : undefined;
  return parts === undefined ? undefined : { english: parts, typed: [word] };
}

const SHORTEST_PART = 4;
const LONGEST_COMPOUND = 40;
/** What German puts between the parts of a word: Bewegung-s-erkennung. */
const LINKS = ['', 's', 'es', 'n', 'en', 'e', 'er'];

/** The terms that a German word is made of: Sprachmodell-bewertung, Text-generierung-s-modell. */
function splitCompound(word: string, tools: Tools): readonly string[] | undefined {
  const { terms } = tools.glossary;
  for (let at = word.length - SHORTEST_PART; at >= SHORTEST_PART; at -= 1) {
    const tail = terms.get(spacedKey([word.slice(at)], tools.language));
    const head = tail === undefined ? undefined : findHead(word.slice(0, at), tools);
    if (tail !== undefined && head !== undefined) return [...head, tail];
  }
  return undefined;
}

function findHead(head: string, tools: Tools): readonly string[] | undefined {
  for (const link of LINKS) {
    if (!head.endsWith(link)) continue;
    const bare = head.slice(0, head.length - link.length);
    const english = tools.glossary.terms.get(spacedKey([bare], tools.language));
    if (english !== undefined) return [english];
  }
  return splitCompound(head, tools);
}
