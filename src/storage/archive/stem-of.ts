import { stemmer } from 'stemmer';

/** What a folded English word shares with its siblings: `quantiz` of `quantize`, `quantized` and `quantization`. */
export function stemOf(word: string): string {
  return stemmer(word);
}
