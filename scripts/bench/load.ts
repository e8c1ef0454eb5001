/** What came of sending many requests at once. */
export interface Load {
  readonly tookMs: number;
  /** Of each request. */
  readonly answersMs: readonly number[];
}

/** Sends requests, so many at a time, the next as soon as one is answered. */
export async function load(
  { requests, atOnce }: { readonly requests: number; readonly atOnce: number },
  send: (index: number) => Promise<void>,
): Promise<Load> {
  const answersMs: number[] = [];
  let next = 0;
  const sender = async () => {
    for (let index = next++; index < requests; index = next++) {
      const began = performance.now();
      await send(index);
      answersMs.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, sender));
  return { tookMs: performance.now() - began, answersMs };
}

/** A figure of requests that were answered otherwise would say nothing. */
export function expectStatus(
  answer: { readonly status: number; readonly text: string },
  wanted: number,
): void {
  if (answer.status !== wanted)
    throw new Error(`a request should be answered ${wanted}; it was ${answer.status} ${answer.text}`);
}

export const perSecond = (count: number, tookMs: number): number => (count * 1000) / tookMs;
