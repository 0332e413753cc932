export interface FairQueue<Item> {
  readonly size: number;
  add(key: string, item: Item): void;
  /** Removes the next item: the keys take turns, and each gives its oldest item. */
  take(): Item | undefined;
}

/** A queue in which many items of one key do not delay the items of another. */
export function fairQueue<Item>(): FairQueue<Item> {
  // The keys in the order of their turns.
  const lines = new Map<string, Item[]>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(key, item) {
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [item]);
      else line.push(item);
      size++;
    },
    take() {
      for (const [key, line] of lines) {
        lines.delete(key);
        if (line.length > 1) lines.set(key, line);
        size--;
        return line.shift();
      }
      return undefined;
    },
  };
}
