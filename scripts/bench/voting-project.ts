import { answered } from '../../cli/answered.js';
import { keepToken } from '../../cli/kept-tokens.js';
import { type ApiClient, openClient } from '../../cli/open-client.js';
import type { Stores } from '../../db/open-database.js';
import { policySchema } from '../../domain/config/policy.js';
import { newToken } from '../../gateway/access/token-text.js';

/** A stack to make a project in. */
interface Place {
  readonly api: ApiClient;
  readonly stores: Pick<Stores, 'accounts' | 'policies' | 'projects'>;
  readonly stateDir: string;
  /** Of the gateway. */
  readonly url: string;
}

interface Wanted {
  readonly project: string;
  readonly model: string;
  /** Repository on this machine. */
  readonly repo: string;
  readonly reviewers: number;
  readonly quorum: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * A project whose policy asks reviewers, and a client for each of them, by account. Members and policy are put as rows,
 * so that nothing else has to happen first.
 */
export async function createVotingProject(
  { api, stores, stateDir, url }: Place,
  { project, model, repo, reviewers, quorum }: Wanted,
): Promise<ReadonlyMap<string, ApiClient>> {
  await answered(api.POST('/api/v1/projects', { body: { repo, ref: 'main' } }));
  const { commit } = await stores.projects.get(project);
  const clients = new Map<string, ApiClient>();
  for (let index = 1; index <= reviewers; index += 1) {
    const account = `${project}-reviewer-${index}`;
    keepToken(stateDir, account, await newAccount(stores.accounts, account));
    clients.set(account, await openClient({ stateDir, url, as: account }));
  }
  const members = [...clients.keys()].map(
    (account) => ({ account, roles: ['reviewer'], emails: [] }) as const,
  );
  await stores.accounts.putMembers(project, commit, members);
  const policy = policySchema.parse({
    version: 1,
    rules: [{ name: 'measured', require: 'metrics.test.rocAuc.n >= 1' }],
    people: { stages: [{ name: 'review', role: 'reviewer', quorum }] },
  });
  await stores.policies.putInForce({ project, model, commit }, policy);
  return clients;
}

/** The text of a token of a new account. */
async function newAccount(accounts: Stores['accounts'], name: string): Promise<string> {
  await accounts.create({ name, kind: 'person', email: null, admin: false });
  const { id, text, sha256 } = newToken();
  const expiresAt = new Date(Date.now() + dayMs).toISOString();
  const may = { scopes: null, onlyProject: null } as const;
  await accounts.addToken({
    id,
    sha256,
    account: name,
    label: 'made',
    method: 'set-up-code',
    ...may,
    expiresAt,
  });
  return text;
}
