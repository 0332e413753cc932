import { FUNCTIONS } from '../../backend/src/hosts/lambda/functions.ts';

/** The functions that the template has: all but what belongs to the user pool, which is Terraform's only. */
export const PRINTED_FUNCTIONS = FUNCTIONS.filter(({ trigger }) => trigger !== 'pre-token');
