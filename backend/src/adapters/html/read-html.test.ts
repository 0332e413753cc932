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
    ['removes tags', 'a <b>bold</b> move<br>next', 'a bold move\nnext'],
    ['reads entities', '<i>Tom &amp; Jerry &lt;3 &#128512; &nbsp;</i>', 'Tom & Jerry <3 😀 \u00a0'],
    ['does not read scripts and styles', '<style>p{}</style>a<script>if (a<b) alert("</b>")</script>b', 'ab'],
    ['does not read comments', 'a<!-- <p>secret</p> -->b<p>', 'ab\n'],
    [
      'reads a page whose head is not closed',
      '<html><head><meta charset=utf-8><body>All down</body></html>',
      'All down',
    ],
    [
      'reads on after an unclosed script tag in a sentence',
      'shows <script> instead. All down',
      'shows  instead. All down',
    ],
    ['reads entities without tags', 'I can&#39;t log in', "I can't log in"],
    ['does not read SVG', 'a<svg><path d="x"/><text>hidden</text></svg>b<p>', 'ab\n'],
    ['turns line breaks into blanks', '<p>one\ntwo</p>', '\none two\n'],
    ['reads HTML that is cut off', '<p>open <b>bold <a href="http://x.io', '\nopen bold '],
  ])('%s', (_, html, expected) => {
    expect(read(html)).toBe(expected);
  });

  it('gives the offsets of each piece', () => {
    const html = '<p>Tea &amp; cake</p>';
    for (const { text, begin, end } of readHtml(html)) {
      if (text !== '\n') expect(html.slice(begin, end)).toBe(text === '&' ? '&amp;' : text);
    }
  });

  it.each([
    ['a blockquote', 'mine<blockquote>theirs <b>too</b><blockquote>theirs</blockquote>theirs</blockquote>mine'],
    ['a quote of Gmail', 'mine<div class="x gmail_quote"><div>theirs</div>theirs</div>mine'],
    ['a signature', 'mine<div class="gmail_signature">theirs</div>'],
    ['no unclosed blockquote', 'mine<blockquote>mine'],
    ['no other class', 'mine<div class="quote">mine</div><div id="gmail_quote">mine</div>'],
  ])('marks quotes: %s', (_, html) => {
    for (const { text, isQuote = false } of readHtml(html)) {
      if (/[a-z]/.test(text)) expect([text, isQuote]).toEqual([text, !text.includes('mine')]);
    }
  });
});
