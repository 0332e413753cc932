/** The attributes of an account in the pool that say whose it is here. Only the pool's administrator may write them. */
export const ATTRIBUTES = { organization: 'custom:organization', user: 'custom:user' } as const;
