import { createHash } from 'node:crypto';
import type { TargetOf } from '../../../domain/ports/letter-carriers.js';
import type { Notice } from '../../../domain/ports/outbox.js';

export type GitHost = TargetOf<'commit-status'>['host'];

/** A status of one commit, before it is put as one host wants it. */
export interface CommitStatus {
  /** Owner and name, or groups and name. */
  readonly path: readonly string[];
  readonly commit: string;
  /** The same context is the same status: a later one stands in the place of an earlier. */
  readonly context: string;
  /** As the host calls it. */
  readonly state: string;
  /** At most 140 characters: GitHub refuses more. */
  readonly description: string;
  /** Page of the commit. */
  readonly page: string;
}

/** How one Git host takes statuses. */
export interface StatusHost {
  /** Address of its interface, by the host of its pages; null where it must be said. */
  readonly api: (host: string) => string | null;
  /** How many parts the path of a repository has; null for any number. */
  readonly parts: number | null;
  readonly states: Readonly<Record<Notice['state'], string>>;
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  /** Below the address of the interface. */
  readonly path: (status: CommitStatus) => string;
  readonly body: (status: CommitStatus) => object;
}

/** The interfaces as the hosts' documentation has them. */
export const statusHosts: Readonly<Record<GitHost, StatusHost>> = {
  github: {
    api: (host) => (host === 'github.com' ? 'https://api.github.com' : null),
    parts: 2,
    states: { success: 'success', failure: 'failure', pending: 'pending' },
    headers: (token) => ({
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    }),
    path: ({ path, commit }) => `/repos/${encoded(path)}/statuses/${commit}`,
    body: ({ state, context, description }) => ({ state, context, description }),
  },
  gitlab: {
    api: (host) => `https://${host}/api/v4`,
    parts: null,
    states: { success: 'success', failure: 'failed', pending: 'pending' },
    headers: (token) => ({ 'private-token': token }),
    path: ({ path, commit }) => `/projects/${encodeURIComponent(path.join('/'))}/statuses/${commit}`,
    body: ({ state, context, description }) => ({ state, name: context, description }),
  },
  gitea: {
    api: (host) => `https://${host}/api/v1`,
    parts: 2,
    states: { success: 'success', failure: 'failure', pending: 'pending' },
    headers: (token) => ({ authorization: `token ${token}` }),
    path: ({ path, commit }) => `/repos/${encoded(path)}/statuses/${commit}`,
    body: ({ state, context, description }) => ({ state, context, description }),
  },
  bitbucket: {
    api: (host) => (host === 'bitbucket.org' ? 'https://api.bitbucket.org/2.0' : null),
    parts: 2,
    states: { success: 'SUCCESSFUL', failure: 'FAILED', pending: 'INPROGRESS' },
    // A token of a person goes with their address, as user:token; that of a repository alone.
    headers: (token) => ({
      authorization: token.includes(':')
        ? `Basic ${Buffer.from(token).toString('base64')}`
        : `Bearer ${token}`,
    }),
    path: ({ path, commit }) => `/repositories/${encoded(path)}/commit/${commit}/statuses/build`,
    body: ({ state, context, description, page }) => ({
      key: bitbucketKey(context),
      name: context,
      state,
      description,
      url: page,
    }),
  },
};

const encoded = (path: readonly string[]) => path.map(encodeURIComponent).join('/');

/** Bitbucket takes 40 characters. */
function bitbucketKey(context: string): string {
  if (context.length <= 40) return context;
  return `${context.slice(0, 31)}-${createHash('sha256').update(context).digest('hex').slice(0, 8)}`;
}
