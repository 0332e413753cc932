/** The file name of a function's zip. The zip of the function `all`, which serves every route, is `handlers.zip`. */
export function zipName(functionName: string): string {
  return functionName === 'all' ? 'handlers.zip' : `${functionName}.zip`;
}
