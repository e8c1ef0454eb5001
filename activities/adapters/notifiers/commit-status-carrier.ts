import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { cutLine } from '../../../domain/notices/cut-line.js';
import type { Egress, EgressAnswer } from '../../../domain/ports/egress.js';
import type { Errand, LetterCarrier, TargetOf } from '../../../domain/ports/letter-carriers.js';
import { expectTaken } from './expect-taken.js';
import { readSecret } from './read-secret.js';
import { type RepositoryPlace, repositoryPlace } from './repository-place.js';
import { hostIn, sendJson } from './send-json.js';
import { type CommitStatus, type StatusHost, statusHosts } from './status-hosts.js';

const descriptionCharacters = 140;

/** A status on a commit, at the Git host of the project's repository and nowhere else. */
export function createCommitStatusCarrier(egress: Egress, now: () => number): LetterCarrier<'commit-status'> {
  return {
    async carry(errand, secrets) {
      const { target, repo } = errand;
      const host = statusHosts[target.host];
      const place = repositoryPlace(repo);
      const api = apiOf(target, host, place);
      const status = statusOf(errand, place, pathBelow(api, place, host));
      const headers = host.headers(await readSecret(secrets, target.token));
      const url = `${api.origin}${api.pathname.replace(/\/$/, '')}${host.path(status)}`;
      const answer = await sendJson(egress, url, JSON.stringify(host.body(status)), headers);
      if (target.host === 'gitlab' && isThereAlready(answer, status)) return;
      expectTaken(hostIn(url), answer, secrets, now());
    },
  };
}

/** The token goes to the host that the repository is read from, which an administrator allowed, or to its `api.` */
function apiOf({ host, api }: TargetOf<'commit-status'>, known: StatusHost, place: RepositoryPlace): URL {
  const address = api ?? known.api(place.host);
  if (address === null) {
    throw refused(
      `the repository at ${place.host} is not one of the public ${host}; say its interface as "api"`,
    );
  }
  const url = new URL(address);
  if (`${url.search}${url.hash}${url.username}${url.password}` !== '') {
    throw refused('"api" has more than a host and a path');
  }
  const ours = place.host.replace(/:\d+$/, '');
  if ([ours, `api.${ours}`].includes(url.hostname)) return url;
  throw refused(
    `"api" is at ${url.hostname}, and the token is sent to the host of the repository only, ${ours}`,
  );
}

/** Path of the repository below what the interface, and so the whole host, is served under. */
function pathBelow(api: URL, { path }: RepositoryPlace, { parts }: StatusHost): readonly string[] {
  const root = api.pathname
    .replace(/\/api\/v\d+\/?$/, '')
    .split('/')
    .filter((part) => part !== '');
  const isBelow = api.pathname.includes('/api/v') && root.every((part, at) => path[at] === part);
  const below = isBelow ? path.slice(root.length) : path;
  if (below.length >= 2 && (parts === null || below.length === parts)) return below;
  throw refused(`the path of the repository, ${path.join('/')}, is not one of owner and name`);
}

function statusOf(
  { letter, target }: Errand<'commit-status'>,
  { host }: RepositoryPlace,
  path: readonly string[],
): CommitStatus {
  const { commit, model, state, title } = letter.notice;
  if (commit === null || !/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(commit)) {
    throw refused('the notice is not about a commit');
  }
  return {
    path,
    commit,
    context: model === null ? 'ratchet' : `ratchet/${model}`,
    state: statusHosts[target.host].states[state],
    description: cutLine(title, descriptionCharacters),
    page: `https://${host}/${path.join('/')}/commits/${commit}`,
  };
}

/** GitLab does not take a state that the status has; it was set before, and the answer to that was lost. */
function isThereAlready({ status, body }: EgressAnswer, { state }: CommitStatus): boolean {
  return status === 400 && new RegExp(`Cannot transition status via :\\w+ from :${state}\\b`).test(body);
}

function refused(text: string): RatchetError {
  return new RatchetError('NOTICE_REFUSED', text);
}
