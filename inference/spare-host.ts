import { forkHost, type HostConnection } from './host-connection.js';

/** Starting a process takes this one's time too, which is needed right after a model was closed. */
const restMs = 250;

/** Keeps one host process warm, so that opening a model does not wait for a program to start (about 100 ms). */
export interface SpareHost {
  /** The warm process, or a fresh one while there is none. Pass it to `openModel`. */
  take(): HostConnection;
  close(): Promise<void>;
}

/**
 * Starts the spare at once, and the next a moment after the one taken has ended: two models are rarely open side by side,
 * and a start beside a running model would slow it down. The spare does not keep this process alive and does not outlive it.
 */
export function keepSpareHost(): SpareHost {
  let spare: HostConnection | null = null;
  let isClosed = false;

  function warm(): void {
    if (isClosed || spare !== null) return;
    const fresh = forkHost();
    fresh.hold(false);
    spare = fresh;
    void fresh.ended.then(() => {
      if (spare === fresh) spare = null;
    });
  }

  warm();
  return {
    take: () => {
      const host = spare ?? forkHost();
      spare = null;
      host.hold(true);
      void host.ended.then(() => setTimeout(warm, restMs).unref());
      return host;
    },
    close: async () => {
      isClosed = true;
      spare?.kill();
      await spare?.ended;
    },
  };
}
