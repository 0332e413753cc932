/**
 * Returns the same stream, and calls `onFailure` if the stream fails. The status has been sent by then, so the host can
 * only end the connection. The host gets an error without details, because hosts may send the error's text.
 */
export function reportFailure<Chunk>(
  body: ReadableStream<Chunk>,
  onFailure: (error: unknown) => void,
): ReadableStream<Chunk> {
  const reader = body.getReader();
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((error) => {
          onFailure(error);
          throw new Error('The source of the response failed.');
        });
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
