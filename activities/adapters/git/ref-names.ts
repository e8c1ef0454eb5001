import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** What a ref of a user asks a repository for. */
export type RefQuestion =
  | { readonly kind: 'commit'; readonly id: string }
  | { readonly kind: 'names'; readonly names: readonly string[] };

export const commitPattern = /^[0-9a-f]{40}$/;

/** As GitHub and Gitea, GitLab, Bitbucket and Gerrit name the heads of what is asked to be merged. */
const requestPattern =
  /^refs\/(pull\/\d+\/head|merge-requests\/\d+\/head|pull-requests\/\d+\/from|changes\/\d{2}\/\d+\/\d+)$/;

/**
 * `HEAD` is the default branch, 40 hex digits are always a commit, `refs/heads/x` and `refs/tags/x` are what they
 * say, and every other text is the branch or tag of that name. Full names reach git, so that a branch may be called
 * `-h`, `HEAD` or `deadbeef...` and is still only a branch. Heads of pull requests are refs with `requests` alone.
 */
export function askFor(ref: string, { requests } = { requests: false }): RefQuestion {
  if (commitPattern.test(ref)) return { kind: 'commit', id: ref };
  if (ref === 'HEAD') return { kind: 'names', names: ['HEAD'] };
  if (requests && requestPattern.test(ref)) return { kind: 'names', names: [ref] };
  if (!isRefName(ref)) {
    const text = `${JSON.stringify(ref.slice(0, 100))} is not a ref; a ref is a branch, a tag, HEAD or a commit of 40 digits`;
    throw new RatchetError('GIT_REFUSED', text);
  }
  const full = ref.startsWith('refs/heads/') || ref.startsWith('refs/tags/');
  return { kind: 'names', names: full ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`] };
}

/** The rules of git-check-ref-format. */
function isRefName(ref: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const forbidden = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$|^\/|^@$/;
  const segments = ref.split('/');
  return (
    ref.length > 0 &&
    ref.length <= 250 &&
    !forbidden.test(ref) &&
    segments.every((segment) => !segment.startsWith('.') && !segment.endsWith('.lock'))
  );
}

/** A commit id that a caller says was resolved before. */
export function checkedCommit(commit: string): string {
  if (commitPattern.test(commit)) return commit;
  throw new RatchetError(
    'GIT_REFUSED',
    `${JSON.stringify(commit.slice(0, 100))} is not a commit id of 40 hex digits`,
  );
}

/** A path inside a tree, without slashes at its ends; the root is ''. */
export function checkedPath(path: string): string {
  const inner = path.replace(/^\.\/|^\.$/, '').replace(/\/+$/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  const odd = /[\u0000-\u001f\u007f]/.test(inner) || inner.length > 4096;
  const segments = inner === '' ? [] : inner.split('/');
  if (!odd && segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..'))
    return inner;
  const text = `${JSON.stringify(path.slice(0, 200))} is not a path inside the repository; it is relative, without ..`;
  throw new RatchetError('GIT_REFUSED', text);
}
