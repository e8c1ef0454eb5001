import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { readStackFile } from '../stack/stack-file.js';
import { stackPaths } from '../stack/stack-paths.js';
import { answered } from './answered.js';
import { type ApiClient, openClient } from './open-client.js';

/** Who plays in the demo, as the example's `ratchet.project.yaml` names them. */
export const demoPeople = ['dana', 'lisa', 'omar'] as const;

const patienceMs = 10_000;

/**
 * What `up` says of the accounts of the demo's people. The first `up` of an embedded stack makes them, where there is
 * nobody yet; nobody can sign in as them before an administrator has a code made. Undefined where they are not there, as
 * on a database that somebody else runs.
 */
export async function demoAccounts(stateDir: string): Promise<string | undefined> {
  const { parts = {}, urls = {} } = readStackFile(stackPaths(stateDir).stackFile) ?? {};
  const url = urls['gateway'];
  if (url === undefined || (parts['postgres']?.source ?? 'given') === 'given') return undefined;
  try {
    const there = await present(await openClient({ stateDir, url, as: 'admin' }));
    if (there.length === 0) return undefined;
    return `${there.join(', ')}, for the demo; no passwords: ratchet account code ${there[0]}`;
  } catch (error) {
    return `those of the demo could not be made: ${messageOf(error)}`;
  }
}

/** Where anybody else is there, this is no new stack. */
async function present(client: ApiClient): Promise<readonly string[]> {
  const known = (await accounts(client)).map(({ name }) => name);
  const isNew = known.every((name) => name === 'admin' || demoPeople.some((person) => person === name));
  if (isNew)
    for (const name of demoPeople.filter((person) => !known.includes(person))) await make(client, name);
  const enabled = (await accounts(client)).filter(({ disabledAt }) => disabledAt === null);
  return demoPeople.filter((person) => enabled.some(({ name }) => name === person));
}

/** Whoever else starts the same stack may have made it just now. */
async function make(client: ApiClient, name: string): Promise<void> {
  const body = { name, kind: 'person', admin: false, code: false } as const;
  const signal = AbortSignal.timeout(patienceMs);
  await answered(client.POST('/api/v1/accounts', { body, signal })).catch((error: unknown) => {
    if (!(error instanceof RatchetError) || error.code !== 'CONFLICT') throw error;
  });
}

async function accounts(client: ApiClient) {
  const signal = AbortSignal.timeout(patienceMs);
  return (await answered(client.GET('/api/v1/accounts', { signal }))).accounts;
}
