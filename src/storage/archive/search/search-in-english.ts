import type { DatabaseSync } from 'node:sqlite';
import { translateQuery } from '../../../topics/languages/translate-query.ts';
import { listFound, type SearchRequest, type SearchResult } from '../../../topics/paper-search.ts';
import { plainWords, printQuery, type Query } from '../../../topics/query/query.ts';
import { compileQuery } from '../queries/compile-query.ts';
import { correctQuery } from './correct-query.ts';
import { buildWord, editDistance, RARE, remembering, type Spelling } from './spelling.ts';

type Search = (request: SearchRequest, spelling: Spelling) => SearchResult;

/** What so many papers have as it was typed, or one is called, needs no translation. */
const FEW = 5;

interface SearchInEnglishTools {
  readonly search: Search;
  readonly database: DatabaseSync;
  readonly spelling: Spelling;
}

/** A search that reads the field's terms in other languages as well: what they find in English comes close. */
export function searchInEnglish({
  search: searchWith,
  database,
  spelling: anew,
}: SearchInEnglishTools): (request: SearchRequest) => SearchResult {
  return (request) => {
    const spelling = remembering(anew);
    const search = (asked: SearchRequest) => searchWith(asked, spelling);
    const papersWith = (word: string) => spelling.count(buildWord(word, undefined), RARE + 1);
    const understood = translateQuery(request.query, papersWith);
    if (understood === undefined || isCorrection(understood, request.query, spelling)) return search(request);
    // All words of `génération de vidéos` are English too, so papers have them by chance.
    const isByChance = plainWords(request.query)
      ?.split(' ')
      .every((word) => papersWith(word) > RARE);
    // Most often nothing is written so, and what is near to it need not be looked for.
    const found = isByChance !== true && isAnywhere(request.query, database) ? search(request) : NOTHING;
    if (found.strict.length >= FEW || found.named !== undefined) return found;
    const english = listFound(search({ ...request, query: understood }));
    if (english.length === 0) return search(request);
    const { strict } = found;
    return { strict, close: english.filter((id) => !strict.includes(id)), understood };
  };
}

/** Whether an English word that is misspelt comes to the same: `difusion` is Spanish too. */
function isCorrection(understood: Query, query: Query, spelling: Spelling): boolean {
  if (!isSpeltNearly(understood, query)) return false;
  const corrected = correctQuery(query, spelling);
  return corrected !== undefined && printQuery(corrected.query) === printQuery(understood);
}

/** A correction changes two letters of a word at most, and looking for one takes as long as a search. */
function isSpeltNearly(understood: Query, query: Query): boolean {
  const [meant, typed] = [plainWords(understood), plainWords(query)];
  if (meant === undefined || typed === undefined) return true;
  const most = 2 * typed.split(' ').length;
  return editDistance(typed.replaceAll(' ', ''), meant.replaceAll(' ', ''), most) <= most;
}

const NOTHING: SearchResult = { strict: [], close: [] };

function isAnywhere(query: Query, database: DatabaseSync): boolean {
  const { sql, parameters } = compileQuery(query);
  return database.prepare(`SELECT 1 FROM papers WHERE ${sql} LIMIT 1`).get(...parameters) !== undefined;
}
