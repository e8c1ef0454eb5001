import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { seededRandom } from '../../domain/stats/seeded-random.js';

/** What may happen to a call of a port. */
const remoteKinds = [
  'fails before',
  'fails after',
  'slow',
  'twice',
  'dies before',
  'dies after',
  'hangs',
] as const;
/** What works in the same process as the worker does not fail by itself. */
const localKinds = ['slow', 'dies before', 'dies after', 'hangs'] as const;
type FaultKind = (typeof remoteKinds)[number] | 'answer lost';

/** One thing that went wrong, and at which call. */
export interface Fault {
  readonly where: string;
  readonly kind: FaultKind;
}

/** Share of calls that something happens to, and of attempts whose answer does not arrive. */
const callRate = 0.03;
const lostAnswerRate = 0.04;

/** Later attempts are left in peace, so that everything ends. */
const disturbedAttempts = 6;

/** The worker is gone: nothing of its attempt has an effect any more. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied';
}

/** The faults of one attempt of an activity. */
export interface AttemptFaults {
  /** Does the call, or what happens instead of it. */
  call<T>(method: string, isLocal: boolean, effect: () => Promise<T>): Promise<T>;
  /** Resolves when a call hangs, so that the attempt counts as lost though it is not dead. */
  readonly hanging: Promise<void>;
  /** Lets a call that hangs go on. */
  release(): void;
  answerIsLost(): boolean;
}

/** `attempt` names the attempt in the whole play of a seed; which faults it meets depends on that name and the seed alone. */
export function createAttemptFaults(
  seed: number,
  attempt: { readonly name: string; readonly number: number },
  watch: { readonly called: () => void; readonly happened: (fault: Fault) => void },
): AttemptFaults {
  const gate = createGate();
  const hang = createGate();
  const counts = new Map<string, number>();
  let dead = false;

  const die = () => {
    dead = true;
    return new WorkerDied('the worker died');
  };
  const chance = (where: string) => (attempt.number > disturbedAttempts ? undefined : chanceAt(seed, where));

  const happen = async <T>(kind: FaultKind, effect: () => Promise<T>): Promise<T> => {
    if (kind === 'fails before') throw away();
    if (kind === 'dies before') throw die();
    if (kind === 'hangs') {
      hang.open();
      await gate.opened;
    }
    if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, 3));
    if (kind === 'twice') await effect();
    const result = await effect();
    if (kind === 'fails after') throw away();
    if (kind === 'dies after') throw die();
    return result;
  };

  return {
    async call(method, isLocal, effect) {
      if (dead) throw new WorkerDied('the worker died before');
      watch.called();
      const count = (counts.get(method) ?? 0) + 1;
      counts.set(method, count);
      const where = `${attempt.name} ${method} ${count}`;
      const random = chance(where);
      if (random === undefined || random() >= callRate) return effect();
      const kinds = isLocal ? localKinds : remoteKinds;
      const kind = kinds[Math.floor(random() * kinds.length)] ?? 'slow';
      watch.happened({ where, kind });
      return happen(kind, effect);
    },
    hanging: hang.opened,
    release: gate.open,
    answerIsLost() {
      const random = chance(`${attempt.name} answer`);
      if (random === undefined || random() >= lostAnswerRate) return false;
      watch.happened({ where: attempt.name, kind: 'answer lost' });
      return true;
    },
  };
}

/** Every method of a port goes through the faults. */
export function withFaults<T extends object>(
  port: T,
  name: string,
  faults: AttemptFaults,
  options: { readonly isLocal: boolean } = { isLocal: false },
): T {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function' || typeof key !== 'string') return value;
      return (...args: unknown[]) =>
        faults.call(`${name}.${key}`, options.isLocal, async () => Reflect.apply(value, target, args));
    },
  });
}

/** A stream of chance that belongs to a place. */
export function chanceAt(seed: number, where: string): () => number {
  let hash = seed ^ 0x811c9dc5;
  for (let index = 0; index < where.length; index += 1) {
    hash = Math.imul(hash ^ where.charCodeAt(index), 0x01000193);
  }
  return seededRandom(hash);
}

function away(): RatchetError {
  return new RatchetError('PART_UNAVAILABLE', 'a fault: the part does not answer');
}

function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const waiting: (() => void)[] = [];
  const opened = new Promise<void>((resolve) => waiting.push(resolve));
  return { opened, open: () => waiting.forEach((go) => void go()) };
}
