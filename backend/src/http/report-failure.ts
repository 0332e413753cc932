/**
 * The same stream, telling `onFailure` when it fails. The status is sent by then: all that is left is to end the
 * connection. The error that the host gets has no details, as hosts may send its text.
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
          throw new Error('The answer ended early.');
        });
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
