/** One question for all who ask while it is open; whoever asks after the answer asks anew. */
export function whileAsking<T>(ask: () => Promise<T>): () => Promise<T> {
  let open: Promise<T> | undefined;
  return () => {
    open ??= ask().finally(() => {
      open = undefined;
    });
    return open;
  };
}
