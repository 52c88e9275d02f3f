import { describe, expect, it, test } from 'vitest';
import { GLOSSARY_FILES, LANGUAGES } from '../../../../src/topics/languages/glossary.ts';
import { translateQuery } from '../../../../src/topics/languages/translate-query.ts';
import { splitWords } from '../../../../src/topics/query/fold-text.ts';
import { parseQuery } from '../../../../src/topics/query/parse-query.ts';
import { printQuery } from '../../../../src/topics/query/query.ts';

/** Of an archive that has these words in many papers, and no other word. */
const ENGLISH = new Set(
  'rag llm llms vla agent agents model models video videos image images classification the fur rendering a new dataset for de d'.split(
    ' ',
  ),
);

function translate(text: string): string | undefined {
  const query = translateQuery(parseQuery(text), (word) => (ENGLISH.has(word) ? 100 : 0));
  return query && printQuery(query);
}

describe('a query in another language', () => {
  test.each([
    ['强化学习', 'reinforcement learning'],
    ['強化學習', 'reinforcement learning'],
    ['强化学习在大模型中的应用', 'reinforcement learning large language model'],
    ['RAG 评测', 'rag evaluation'],
    ['RAG评测', 'rag evaluation'],
    ['日本語LLM', 'japanese llm'],
    ['量子LLM', 'llm'],
    ['Halluzinationen in Sprachmodellen', 'hallucination language model'],
    ['Verstärkungslernen für Roboter', 'reinforcement learning robot'],
    ['影片生成模型', 'video generation model'],
    ['大規模言語モデルのハルシネーション', 'large language model hallucination'],
    ['画像生成', 'image generation'],
    ['강화학습을 이용한 로봇 조작', 'reinforcement learning robot manipulation'],
    ['대규모언어모델의 환각', 'large language model hallucination'],
    ['обучение с подкреплением для LLM', 'reinforcement learning llm'],
    ['галлюцинации больших языковых моделей', 'hallucination large language model'],
    ['Diffusionsmodelle für Videos', 'diffusion model videos'],
    ['Wie kann man große Sprachmodelle bewerten', 'large language model'],
    ['Bildgenerierungsmodelle', 'image generation model'],
    ['Robotermanipulation mit VLA', 'robot manipulation vla'],
    ['modèles de langage multimodaux', 'language model multimodal'],
    ['attaques adverses contre les LLM', 'adversarial attack llm'],
    ['IA détection image visuel', 'ai detection image visual'],
    ["classification d'images", 'image classification'],
    ['réseaux de neurones', 'neural network'],
    ['redes neuronales de grafos', 'neural network graph'],
    ['aprendizado por reforço com feedback humano', 'reinforcement learning from human feedback'],
  ])('%s is read as %s', (foreign, english) => {
    expect(translate(foreign)).toBe(english);
  });

  it('keeps conditions, fields and what is excluded', () => {
    expect(translate('强化学习 since:2026-01-01 author:"Li" -survey')).toBe(
      'reinforcement learning since:2026-01-01 author:"li" -survey',
    );
    expect(translate('视频生成 OR llm')).toBe('video generation OR llm');
  });

  test.each([
    'fur rendering',
    'a new dataset for LLMs',
    'de novo',
    'model agents',
    'classification of images',
    'is there a new dataset for uncertainty quantification',
    'author:"Bild"',
    '',
    '的',
  ])('is not taken for one: %s', (english) => {
    expect(translate(english)).toBeUndefined();
  });

  it('remains a query, whatever is typed', () => {
    expect(translate('强化学习视频生成机器人'.repeat(27))?.length).toBeLessThan(300);
  });
});

describe('the glossaries', () => {
  test('have the same 400 terms and more', () => {
    const terms = Object.keys(GLOSSARY_FILES.zh.terms);

    expect(terms.length).toBeGreaterThan(400);
    for (const language of LANGUAGES) expect(Object.keys(GLOSSARY_FILES[language].terms)).toEqual(terms);
  });

  test.each(LANGUAGES)('say in %s something for each term, and read it back', (language) => {
    const { terms } = GLOSSARY_FILES[language];
    const readings = new Map<string, string[]>();
    for (const [english, all] of Object.entries(terms)) {
      for (const one of all) readings.set(one, [...(readings.get(one) ?? []), splitWords(english).join(' ')]);
    }
    const misread = [...readings].filter(([foreign, possible]) => {
      const read = splitWords(translate(foreign) ?? foreign).join(' ');
      return !possible.includes(read) && !possible.includes(read.replace(/s$/, ''));
    });

    expect(Object.keys(terms).filter((english) => terms[english]?.length === 0)).toEqual([]);
    expect(misread).toEqual([]);
  });
});
