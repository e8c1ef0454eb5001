import type Docker from 'dockerode';
import type { SpecBounds } from '../../../domain/engine/refuse-spec.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Engine } from '../../../domain/ports/engine.js';
import { ask, askUnless } from './ask-engine.js';
import { logText } from './log-text.js';
import { listContainers, readContainer } from './read-container.js';
import { runContainer } from './run-container.js';

type ContainerVerbs = Pick<Engine, 'run' | 'containers' | 'remove' | 'logs'>;

/** What the engine does with containers of ours. */
export function containerVerbs(docker: Docker, bounds: SpecBounds): ContainerVerbs {
  const { agent } = bounds;

  async function remove(name: string, graceMs: number): Promise<void> {
    if ((await readContainer(docker, agent, name)) === null) return;
    const what = `the container ${name} could not be removed`;
    const container = docker.getContainer(name);
    // 304: it does not run. 404: it is gone. 409: somebody else removes it.
    await askUnless([304, 404], what, () => container.stop({ t: Math.ceil(graceMs / 1000) }));
    await askUnless([404, 409], what, () => container.remove({ force: true, v: true }));
  }

  async function logs(name: string, lines: number): Promise<readonly string[]> {
    if ((await readContainer(docker, agent, name)) === null) {
      throw new RatchetError('NOT_FOUND', `there is no container ${name} of this agent`);
    }
    const options = { stdout: true, stderr: true, follow: false, timestamps: true, tail: lines } as const;
    const log = await ask('the log could not be read', () => docker.getContainer(name).logs(options));
    return logText(log)
      .split('\n')
      .filter((line) => line !== '');
  }

  return {
    run: (name, wanted) => runContainer(docker, bounds, { name, wanted }),
    containers: (labels = {}) => listContainers(docker, agent, labels),
    remove,
    logs,
  };
}
