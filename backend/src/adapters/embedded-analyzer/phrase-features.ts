import { hash } from '@curlew/core/triage/text';

export const BUCKETS = 1 << 16;
/** Outside of a phrase, at its beginning, within it. */
export const TAGS = ['O', 'B', 'I'] as const;
/** What stands before the first token. */
export const START = 3;
const BEFORE = ['O', 'B', 'I', '^'];

function bucket(text: string): number {
  return hash(text) & (BUCKETS - 1);
}

/** What a token and its neighbours look like, as buckets. */
export function tokenFeatures(texts: readonly string[], lower: readonly string[], index: number): number[] {
  const at = (place: number) => lower[place] ?? (place < 0 ? '<s>' : '</s>');
  const [w, p, pp, n, nn] = [at(index), at(index - 1), at(index - 2), at(index + 1), at(index + 2)];
  const shape = shapeOf(texts[index] ?? '');
  const [shapeBefore, shapeAfter] = [shapeOf(texts[index - 1] ?? '^'), shapeOf(texts[index + 1] ?? '$')];
  return [
    ...[`w${w}`, `p${p}`, `n${n}`, `P${pp}`, `N${nn}`, `pw${p}|${w}`, `wn${w}|${n}`, `pn${p}|${n}`, `nnn${n}|${nn}`],
    ...[
      `s1${w.slice(-1)}`,
      `s2${w.slice(-2)}`,
      `s3${w.slice(-3)}`,
      `s4${w.slice(-4)}`,
      `f1${w.slice(0, 1)}`,
      `f3${w.slice(0, 3)}`,
    ],
    ...[
      `ps3${p.slice(-3)}`,
      `ns2${n.slice(-2)}`,
      `ns3${n.slice(-3)}`,
      `nns${nn.slice(-3)}`,
      `ps${p.slice(-2)}|${w.slice(-2)}`,
    ],
    ...[`ws3n${w.slice(-3)}|${n.slice(-3)}`, `ps3w${p.slice(-3)}|${w}`],
    ...[`h${shape}`, `hp${shapeBefore}|${shape}`, `hn${shape}|${shapeAfter}`, 'b'],
  ].map(bucket);
}

/** What a token looks like after one that was tagged `before`. */
export function stepFeatures(text: string, lower: string, before: number): number[] {
  const tag = BEFORE[before];
  return [`t${tag}`, `tw${tag}${lower}`, `ts${tag}${lower.slice(-3)}`, `th${tag}${shapeOf(text)}`].map(bucket);
}

function shapeOf(text: string): string {
  return text
    .slice(0, 40)
    .replace(/\p{Lu}+/gu, 'X')
    .replace(/\p{Ll}+/gu, 'x')
    .replace(/\d+/g, '9')
    .slice(0, 6);
}
