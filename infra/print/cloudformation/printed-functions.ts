import { FUNCTIONS, type FunctionDesign } from '../../../backend/src/hosts/lambda/functions.ts';
import { SUBSCRIPTIONS_EVERYWHERE } from '../../../backend/src/services/index.ts';

/** The functions of the template: all except functions for the user pool, which only Terraform deploys. */
export const PRINTED_FUNCTIONS = FUNCTIONS.filter((design) => !isOfPool(design));

function isOfPool(design: FunctionDesign): boolean {
  if (design.trigger !== 'subscription') return design.trigger === 'pre-token';
  return !SUBSCRIPTIONS_EVERYWHERE.some(({ name }) => name === design.subscription);
}
