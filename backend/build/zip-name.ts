/** The zip of a function; that of the one-function form is called `handlers.zip`. */
export function zipName(functionName: string): string {
  return functionName === 'all' ? 'handlers.zip' : `${functionName}.zip`;
}
