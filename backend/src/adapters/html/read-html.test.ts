import { describe, expect, it } from 'vitest';
import { readHtml } from './read-html.ts';

const read = (text: string) =>
  readHtml(text)
    .map((piece) => piece.text)
    .join('');

describe('reading HTML', () => {
  it.each([
    [
      'leaves a text without tags as it is',
      'if a < b && c > d, I <3 you &amp; all',
      'if a < b && c > d, I <3 you &amp; all',
    ],
    ['takes tags away', 'a <b>bold</b> move<br>next', 'a bold move\nnext'],
    ['reads entities', '<i>Tom &amp; Jerry &lt;3 &#128512; &nbsp;</i>', 'Tom & Jerry <3 😀 \u00a0'],
    ['does not read scripts and styles', '<style>p{}</style>a<script>if (a<b) alert("</b>")</script>b', 'ab'],
    ['does not read comments', 'a<!-- <p>secret</p> -->b<p>', 'ab\n'],
    ['bears what is cut off', '<p>open <b>bold <a href="http://x.io', '\nopen bold '],
  ])('%s', (_, html, expected) => {
    expect(read(html)).toBe(expected);
  });

  it('knows where each piece was', () => {
    const html = '<p>Tea &amp; cake</p>';
    for (const { text, begin, end } of readHtml(html)) {
      if (text !== '\n') expect(html.slice(begin, end)).toBe(text === '&' ? '&amp;' : text);
    }
  });
});
