import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type {
  DeploymentTarget,
  ObservedEndpoint,
  WantedRevision,
} from '../../domain/ports/deployment-target.js';
import { codeOf } from './error-code.js';

/** What a target is tried with. */
export interface TargetSubject {
  readonly target: DeploymentTarget;
  /** A revision of a model that answers `x + adds`, of an endpoint that is new with every subject. */
  wanted(ordinal: number, adds: number, more?: Partial<WantedRevision>): Promise<WantedRevision>;
  /** One that never becomes ready. */
  broken(ordinal: number): Promise<WantedRevision>;
  /** Of requests while revisions change: those that may be cut off as a replica stops to listen. None unless it is said. */
  readonly mostCutOff?: number;
  /** Ends one replica as a crash does. */
  crash(observed: ObservedEndpoint): Promise<void>;
}

const quiet = new AbortController().signal;
/** Longer than any door is patient: what has no answer by then will have none. */
const answersWithinMs = 40_000;
const oneByOne = { readyWithinMs: 60_000, drainMs: 10_000 };

/** Asks `/predict` for the answer to the row 1, over a connection of its own or a kept one. */
export async function predictOne(http: string, agent?: Agent): Promise<{ status: number; answer: unknown }> {
  const signal = AbortSignal.timeout(answersWithinMs);
  const asked = request(`${http}/predict`, { method: 'POST', agent: agent ?? false, signal });
  asked.end('[1]');
  return await new Promise((resolve, reject) => {
    asked.once('error', reject).once('response', (response) => {
      json(response).then(
        (body) =>
          resolve({
            status: response.statusCode ?? 0,
            answer: (body as { predictions?: readonly unknown[] }).predictions?.[0],
          }),
        reject,
      );
    });
  });
}

const httpOf = ({ at }: ObservedEndpoint): string => at?.http ?? 'nowhere';

/** `make` gives a target that keeps nothing yet. */
export function deploymentTargetConformance(make: () => Promise<TargetSubject>): void {
  let subject: TargetSubject;
  let target: DeploymentTarget;
  beforeEach(async () => {
    subject = await make();
    ({ target } = subject);
  });
  const answers = async (observed: ObservedEndpoint) => (await predictOne(httpOf(observed))).answer;

  it('brings a revision to life at an address, and says so', async () => {
    const wanted = await subject.wanted(1, 10);
    const observed = await target.deploy(wanted, quiet);
    expect(observed).toMatchObject({
      project: wanted.project,
      endpoint: wanted.endpoint,
      revision: wanted.revision,
      ordinal: 1,
      replicas: [{ state: 'ready', restarts: 0, reason: null }],
    });
    expect(await answers(observed)).toBe(11);
    expect(await target.observe(wanted)).toEqual(observed);
    expect(await target.list()).toEqual([observed]);
  });

  it('knows nothing of an endpoint that it never heard of', async () => {
    const { project, endpoint } = await subject.wanted(1, 10);
    const nothing = { project, endpoint, revision: null, ordinal: null, at: null, replicas: [] };
    expect(await target.observe({ project, endpoint })).toEqual(nothing);
    expect(await target.logs({ project, endpoint }, 10)).toEqual([]);
    expect(await target.list()).toEqual([]);
    await target.remove({ project, endpoint }, quiet);
  });

  it('does nothing where the revision is there', async () => {
    const wanted = await subject.wanted(1, 10);
    const observed = await target.deploy(wanted, quiet);
    expect(await target.deploy(wanted, quiet)).toEqual(observed);
  });

  it('takes a newer revision at the same addresses, and ends the one before', async () => {
    const before = await target.deploy(await subject.wanted(1, 10), quiet);
    const wanted = await subject.wanted(2, 20);
    const after = await target.deploy(wanted, quiet);
    expect(after).toMatchObject({ revision: wanted.revision, ordinal: 2, at: before.at });
    expect(after.replicas).toHaveLength(1);
    expect(await answers(after)).toBe(21);
  });

  it('refuses a revision that is older than the one there', async () => {
    const old = await subject.wanted(1, 10);
    const observed = await target.deploy(await subject.wanted(2, 20), quiet);
    expect(await codeOf(target.deploy(old, quiet))).toBe('CONFLICT');
    expect(await target.observe(old)).toEqual(observed);
  });

  it('leaves what is there as it is where a revision does not become ready, and says why', async () => {
    const good = await target.deploy(await subject.wanted(1, 10), quiet);
    const broken = await subject.broken(2);
    await expect(target.deploy(broken, quiet)).rejects.toMatchObject({
      code: 'DEPLOY_FAILED',
      message: expect.stringContaining(broken.revision),
    });
    expect(await target.observe(broken)).toEqual(good);
    expect(await answers(good)).toBe(11);
    expect(await answers(await target.deploy(await subject.wanted(3, 30), quiet))).toBe(31);
  });

  it('has nothing where the first revision does not become ready', async () => {
    const broken = await subject.broken(1);
    expect(await codeOf(target.deploy(broken, quiet))).toBe('DEPLOY_FAILED');
    expect(await target.observe(broken)).toMatchObject({ revision: null, ordinal: null });
  });

  it('starts a replica that crashed again, at the same address', async () => {
    const wanted = await subject.wanted(1, 10);
    const observed = await target.deploy(wanted, quiet);
    await subject.crash(observed);
    const healed = async () => (await target.observe(wanted)).replicas;
    await expect.poll(healed).toMatchObject([{ state: 'ready', restarts: 1, reason: null }]);
    expect(await answers(observed)).toBe(11);
  });

  it('sets another number of replicas', async () => {
    const one = await target.deploy(await subject.wanted(1, 10), quiet);
    const three = await target.deploy(await subject.wanted(2, 10, { replicas: 3 }), quiet);
    expect([three.replicas.map(({ state }) => state), three.at]).toEqual([
      ['ready', 'ready', 'ready'],
      one.at,
    ]);
    const two = await target.deploy(await subject.wanted(3, 10, { replicas: 2 }), quiet);
    expect(two.replicas).toHaveLength(2);
    expect(await answers(two)).toBe(11);
  });

  it('removes an endpoint, and forgets it', async () => {
    const wanted = await subject.wanted(2, 10);
    const observed = await target.deploy(wanted, quiet);
    await target.remove(wanted, quiet);
    await target.remove(wanted, quiet);
    await expect(predictOne(httpOf(observed))).rejects.toThrow();
    expect(await target.list()).toEqual([]);
    expect(await answers(await target.deploy(await subject.wanted(1, 20), quiet))).toBe(21);
  });

  it('gives the newest lines that the replicas wrote, each with its replica', async () => {
    const broken = await subject.broken(1);
    await target.deploy(broken, quiet).catch(() => undefined);
    const lines = await target.logs(broken, 3);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(3);
    for (const line of lines) expect(line).toContain(broken.revision);
  });

  describe('while a revision takes the place of another', () => {
    it('answers every request with one of the two, over kept connections and new ones', async () => {
      const observed = await target.deploy(await subject.wanted(1, 10, { health: oneByOne }), quiet);
      const kept = new Agent({ keepAlive: true });
      const over = new AbortController();
      const [statuses, seen] = [new Set<number>(), new Set<unknown>()];
      let cutOff = 0;
      const ask = async (agent?: Agent) => {
        while (!over.signal.aborted) {
          const asked = await predictOne(httpOf(observed), agent).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'ECONNRESET') throw error;
            cutOff += 1;
          });
          if (asked) {
            statuses.add(asked.status);
            seen.add(asked.answer);
          }
          await sleep(10);
        }
      };
      const asking = Promise.all([ask(kept), ask(kept), ask(), ask()]);
      await target.deploy(await subject.wanted(2, 20, { replicas: 2 }), quiet);
      await target.deploy(await subject.wanted(3, 30), quiet);
      over.abort();
      await asking;
      kept.destroy();
      expect([[...statuses], seen]).toEqual([[200], new Set([11, 21, 31])]);
      expect(cutOff).toBeLessThanOrEqual(subject.mostCutOff ?? 0);
    });
  });
}
