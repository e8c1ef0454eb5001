import type Docker from 'dockerode';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import { ask } from './ask-engine.js';
import { findService } from './find-services.js';
import type { FoundService } from './read-service.js';

/** Other content, or what the service has, to go back from. */
export interface ServiceChange {
  readonly query?: Readonly<Record<string, string>>;
  readonly content?: object;
}

const mostTries = 10;

/** Errors: `NOT_FOUND`, `PART_UNAVAILABLE`. */
export async function changeService(
  docker: Docker,
  agent: string,
  name: string,
  change: ServiceChange,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const there = await findService(docker, agent, name);
    if (there === null) throw new RatchetError('NOT_FOUND', `there is no service ${name} of this agent`);
    const isLast = tries === mostTries;
    const what = `the service ${name} could not be changed`;
    if (await ask(what, () => isChanged(docker, there, change, isLast))) return;
  }
}

/** The swarm itself writes to a service while it changes: then what was read is old, and is read again. */
async function isChanged(
  docker: Docker,
  { ID, Spec, Version }: FoundService,
  { query = {}, content = Spec }: ServiceChange,
  isLast: boolean,
): Promise<boolean> {
  const request = { _query: { version: Version.Index, ...query }, _body: content };
  try {
    await docker.getService(ID).update(request);
    return true;
  } catch (error) {
    if (!isLast && messageOf(error).includes('update out of sequence')) return false;
    throw error;
  }
}
