export interface PathMatch<Route> {
  readonly route: Route;
  /** Path parameters, not decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The best route for a path by the rules of API Gateway. In each segment, fixed text wins over a `{parameter}`, and a
 * `{parameter}` over a greedy `{parameter+}`, which matches one or more segments. Case and trailing slashes matter.
 */
export function matchPath<Route extends { readonly path: string }>(
  routes: readonly Route[],
  path: string,
): PathMatch<Route> | undefined {
  const segments = split(path);
  const found = routes.flatMap((route) => {
    const match = matchOne(split(route.path), segments);
    return match === undefined ? [] : [{ route, ...match }];
  });
  found.sort((a, b) => (a.rank === b.rank ? 0 : a.rank < b.rank ? 1 : -1));
  const [best] = found;
  return best && { route: best.route, parameters: best.parameters };
}

function matchOne(pattern: readonly string[], segments: readonly string[]) {
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [i, part] of pattern.entries()) {
    const segment = segments[i];
    const greedy = /^\{(.+)\+\}$/.exec(part)?.[1];
    if (greedy !== undefined) {
      const rest = segments.slice(i).join('/');
      return rest === '' ? undefined : { parameters: { ...parameters, [greedy]: rest }, rank: `${rank}0` };
    }
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? segment !== part : segment === undefined || segment === '') return undefined;
    if (name !== undefined) parameters[name] = segment ?? '';
    rank += name === undefined ? '2' : '1';
  }
  return pattern.length === segments.length ? { parameters, rank } : undefined;
}

function split(path: string): string[] {
  return path.replace(/^\//, '').split('/');
}
