/** The longest document of an issuer. Key sets of large issuers have about 20 KiB. */
const MOST_BYTES = 256 * 1024;
const TIMEOUT_MILLISECONDS = 5000;

/**
 * Fetches a JSON document. Throws if the server redirects, if the status is not 200, if the document has more than
 * 256 KiB, or if it is not complete after five seconds.
 */
export async function fetchJson(address: string | URL): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`${address} did not answer within ${TIMEOUT_MILLISECONDS} ms.`)),
    TIMEOUT_MILLISECONDS,
  );
  try {
    const headers = { accept: 'application/json' };
    const answer = await fetch(address, { headers, redirect: 'error', signal: controller.signal });
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}.`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body ?? []) {
      length += chunk.length;
      if (length > MOST_BYTES) throw new Error(`${address} answered more than ${MOST_BYTES} bytes.`);
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString());
  } finally {
    clearTimeout(timer);
    // Closes the connection of a refused answer. A complete answer is not affected.
    controller.abort();
  }
}
