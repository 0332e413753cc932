/** An action on a resource, in the terms of IAM. */
export interface Call {
  readonly action: string;
  readonly resource: string;
}

export interface CallCount extends Call {
  readonly function: string;
  readonly count: number;
}

export interface CallLog {
  add(functionName: string, calls: readonly Call[]): void;
  counts(): CallCount[];
}

export function callLog(): CallLog {
  const counts = new Map<string, { function: string; action: string; resource: string; count: number }>();
  return {
    add(functionName, calls) {
      for (const { action, resource } of calls) {
        const key = `${functionName} ${action} ${resource}`;
        const known = counts.get(key) ?? { function: functionName, action, resource, count: 0 };
        counts.set(key, { ...known, count: known.count + 1 });
      }
    },
    counts: () => [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count),
  };
}
