import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** The accelerators of a worker. A job gets devices of its own and gives them back. */
export interface DevicePool {
  readonly size: number;
  /** Whether `count` devices could be had, and not at once. */
  mustWait(count: number): boolean;
  /** Waits until `count` devices are free. Aborting gives up. Error: `CAPACITY_MISSING` where the pool is smaller than `count`. */
  acquire(count: number, signal: AbortSignal): Promise<DeviceLease>;
}

export interface DeviceLease {
  readonly ids: readonly string[];
  /** Gives the devices back; a second call changes nothing. */
  release(): void;
}

interface Request {
  readonly count: number;
  readonly grant: (ids: string[]) => void;
}

/** Devices by id, handed out first come, first served. An empty pool is a CPU worker: it hands out nothing at once. */
export function createDevicePool(ids: readonly string[]): DevicePool {
  const free = [...ids];
  const waiting: Request[] = [];

  const serve = () => {
    for (let next = waiting[0]; next && next.count <= free.length; next = waiting[0]) {
      waiting.shift();
      next.grant(free.splice(0, next.count));
    }
  };

  const lease = (granted: string[]): DeviceLease => ({
    ids: [...granted],
    release: () => {
      free.push(...granted.splice(0));
      serve();
    },
  });

  const request = (count: number, signal: AbortSignal) =>
    new Promise<string[]>((resolve, reject) => {
      const giveUp = () => {
        waiting.splice(waiting.indexOf(asked), 1);
        reject(signal.reason);
        serve();
      };
      const grant = (granted: string[]) => {
        signal.removeEventListener('abort', giveUp);
        resolve(granted);
      };
      const asked: Request = { count, grant };
      signal.addEventListener('abort', giveUp, { once: true });
      waiting.push(asked);
      serve();
    });

  return {
    size: ids.length,
    mustWait: (count) => count <= ids.length && (waiting.length > 0 || free.length < count),
    async acquire(count, signal) {
      signal.throwIfAborted();
      if (ids.length === 0) return lease([]);
      if (count > ids.length) throw tooSmall(count, ids.length);
      return lease(await request(count, signal));
    },
  };
}

function tooSmall(count: number, size: number): RatchetError {
  return new RatchetError(
    'CAPACITY_MISSING',
    `training.devices asks for ${count}, this worker has ${size}; RATCHET_GPU_DEVICES names them`,
    { count, size },
  );
}
