/** The end of a page. Only the store that made it can read it; the caller receives it as an opaque cursor. */
export type PageKey = readonly (string | number)[];

export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  readonly after?: PageKey;
}

/** A page may contain fewer than `limit` items. Only a missing `next` means that no more items follow. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: PageKey;
}

export const CREATION_SORTS = ['-createdAt', 'createdAt'] as const;
/** Newest first, or oldest first. */
export type CreationSort = (typeof CREATION_SORTS)[number];
