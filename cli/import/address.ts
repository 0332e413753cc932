const ADDRESS = /[^\s<>(),;"]+@[^\s<>(),;"]+/;

/** The first e-mail address in a text such as `Kim Lee <kim@example.org>` or `Kim Lee (kim@example.org)`. */
export function addressIn(text: string): string | undefined {
  return ADDRESS.exec(text)?.[0];
}
