import { describe, expect, it } from 'vitest';
import { parseOutline } from '../../../../src/sources/hugging-face/parse-outline.ts';

const print = (markdown: string) =>
  parseOutline(markdown).map(({ depth, text }) => `${'-'.repeat(depth + 1)} ${text}`);

describe('the outline of a full text', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'has its headings without the title',
      '# A Title\nText.\n## 1 Introduction\n### 1.1 Why\n## 2 Method ##\n',
      ['- 1 Introduction', '-- 1.1 Why', '- 2 Method'],
    ],
    ['keeps headings of the first level that are several', '# One\r\n# Two\r\n', ['- One', '- Two']],
    ['reads no code', '# T\n## A\n```\n# not a heading\n```\n## B\n', ['- A', '- B']],
    [
      'has words alone',
      '# T\n## **Bold** [link](https://x.example/a_b) `code` _it_ a_b\n',
      ['- Bold link code it a_b'],
    ],
    [
      'begins with the first level of what it has',
      `# T\n${'#### A\n'.repeat(2)}${'##### B\n'.repeat(38)}## C\n`,
      [...Array.from({ length: 2 }, () => '- A'), ...Array.from({ length: 38 }, () => '-- B')],
    ],
    ['is empty without headings', 'Nothing here. #1 is no heading.', []],
    ['is empty for nothing', '', []],
  ])('%s', (_, markdown, outline) => {
    expect(print(markdown)).toEqual(outline);
  });

  it('is bounded, whatever the text is', () => {
    const long = parseOutline(`# T\n## ${'# '.repeat(50_000)}x\n${'## A heading\n'.repeat(100)}`);

    expect(long).toHaveLength(40);
    expect(parseOutline(`# T\n## ${'a'.repeat(9_000)}`)[0]?.text).toHaveLength(120);
  });
});
