/** Where a page ended; made and understood by one store only, and carried by the caller as an opaque cursor. */
export type PageKey = readonly (string | number)[];

export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  readonly after?: PageKey;
}

/** A page may hold fewer than `limit` items; only a missing `next` means that there are no more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: PageKey;
}

export const CREATION_SORTS = ['-createdAt', 'createdAt'] as const;
/** Newest first, or oldest first. */
export type CreationSort = (typeof CREATION_SORTS)[number];
