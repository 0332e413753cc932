/** The pool attributes that name an account's organization and user. Only the pool's administrator may write them. */
export const ATTRIBUTES = { organization: 'custom:organization', user: 'custom:user' } as const;
