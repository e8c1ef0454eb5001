import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Counts what is under way, so that a server which is being stopped lets it end. */
export function countInFlight() {
  let [count, isStopping] = [0, false];
  let tellEmpty: () => void = () => undefined;
  return {
    get isStopping() {
      return isStopping;
    },
    /** The same work, counted. Error: `MODEL_NOT_READY` for what begins after `drain`. */
    during:
      <A, B>(work: (asked: A) => Promise<B>) =>
      async (asked: A): Promise<B> => {
        if (isStopping) throw new RatchetError('MODEL_NOT_READY', 'the server is being stopped');
        count += 1;
        try {
          return await work(asked);
        } finally {
          count -= 1;
          if (count === 0) tellEmpty();
        }
      },
    /** Lets nothing new begin; resolves when all has ended, at the latest after `mostMs`. */
    drain: async (mostMs: number): Promise<void> => {
      isStopping = true;
      if (count === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, mostMs);
        tellEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
