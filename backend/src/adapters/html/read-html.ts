import type { Piece } from '@curlew/core/triage/text';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

/** Elements with content that readers do not see. */
const HIDDEN_ELEMENTS = new Set([
  'script',
  'style',
  'title',
  'template',
  'noscript',
  'svg',
  'math',
  'iframe',
  'object',
  'select',
  'textarea',
]);
const LONGEST_NAME = 20;
const BREAKS = new Set(
  'address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Classes that mail programs set on a quoted mail or a signature. */
const QUOTE_CLASS = /(?:^|\s)(?:gmail_quote|gmail_signature|yahoo_quoted|moz-cite-prefix|moz-signature)/;
const LONGEST_CLASS = 200;
/** A tag with a known name, because `a < b` and `<3` are not HTML. */
const TAG =
  /<(?:\/?(?:a|abbr|b|big|blockquote|body|br|button|caption|center|code|dd|div|dl|dt|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|main|meta|object|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul)(?=[\s/>])|!--|!doctype)/i;

/** Entities that web forms write for typed characters. Without `&amp;`, which a person may have typed. */
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|apos|quot|nbsp);/i;

/**
 * The visible text of a text that may be HTML, in pieces with their offsets. Returns a text without tags or entities
 * unchanged. Marks quoted mails and signatures as quotes. Takes linear time: reads tag by tag and builds no tree.
 */
export function readHtml(text: string): Piece[] {
  if (!TAG.test(text) && !ENTITY.test(text)) return [{ text, begin: 0, end: text.length }];
  const pieces: Piece[] = [];
  let hiddenElement = '';
  let readUpTo = 0;
  let open = '';
  let attribute = '';
  let quote: { readonly name: string; readonly depth: number } | undefined;
  const lower = text.toLowerCase();
  const lastClosed = new Map<string, number>();
  /** An element that is never closed counts as text: a person may mention `<script>` in a sentence. */
  function isClosed(name: string, after: number): boolean {
    const last = lastClosed.get(name) ?? lower.lastIndexOf(`</${name}`);
    lastClosed.set(name, last);
    return last > after;
  }
  const nameAt = (begin: number, end: number) => text.slice(begin, Math.min(end, begin + LONGEST_NAME)).toLowerCase();
  const push = (text: string, begin: number, end: number) => {
    if (hiddenElement === '') pieces.push({ text, begin, end, ...(quote === undefined ? {} : { isQuote: true }) });
  };
  const breakAt = (place: number) => push('\n', place, place);
  /** Ignores an unclosed quote, because it would hide the rest of the text. */
  function startQuote(after: number): void {
    if (hiddenElement === '' && quote === undefined && isClosed(open, after)) quote = { name: open, depth: 1 };
  }
  const ignore = () => {};
  const callbacks: TokenizerCallbacks = {
    ontext(begin, end) {
      readUpTo = end;
      // In HTML, a line break is a blank.
      push(text.slice(begin, end).replaceAll('\n', ' '), begin, end);
    },
    ontextentity(point, end) {
      const begin = Math.max(readUpTo, text.lastIndexOf('&', end - 1));
      readUpTo = end;
      push(String.fromCodePoint(point), begin, end);
    },
    onopentagname(begin, end) {
      const name = nameAt(begin, end);
      open = name;
      if (hiddenElement === '' && HIDDEN_ELEMENTS.has(name) && isClosed(name, end)) hiddenElement = name;
      if (BREAKS.has(name)) breakAt(begin);
      if (quote?.name === name) quote = { name, depth: quote.depth + 1 };
      else if (name === 'blockquote') startQuote(end);
    },
    onattribname(begin, end) {
      attribute = nameAt(begin, end);
    },
    onattribdata(begin, end) {
      const isClass = attribute === 'class' && open === 'div';
      if (isClass && QUOTE_CLASS.test(text.slice(begin, Math.min(end, begin + LONGEST_CLASS)))) startQuote(end);
    },
    onselfclosingtag() {
      if (hiddenElement === open) hiddenElement = '';
    },
    onclosetag(begin, end) {
      const name = nameAt(begin, end);
      if (hiddenElement === name) hiddenElement = '';
      if (quote?.name === name) quote = quote.depth > 1 ? { name, depth: quote.depth - 1 } : undefined;
      if (BREAKS.has(name)) breakAt(begin);
    },
    ...{
      onattribentity: ignore,
      onattribend: ignore,
      oncdata: ignore,
    },
    ...{
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onopentagend: ignore,
      onend: ignore,
    },
  };
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, callbacks);
  tokenizer.write(text);
  tokenizer.end();
  return pieces;
}
