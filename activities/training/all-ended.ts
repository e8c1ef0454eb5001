/** Waits for all, also where one failed, so that nothing goes on behind the back of whoever cleans up. Throws the first failure. */
export async function allEnded(works: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
