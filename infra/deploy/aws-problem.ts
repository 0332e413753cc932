/** The message of an error from an AWS call, with what to do if the region is missing. */
export function awsProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === 'Region is missing'
    ? 'The AWS region is not set. Set AWS_REGION to the region of the deployment, such as eu-central-1.'
    : message;
}
