import type { ErrorCode } from '../../domain/errors/catalogue.js';

/** What somebody asks of the gateway, and how it is refused. Nothing is stored, nothing runs. */
export interface BadRequest {
  readonly title: string;
  readonly path: '/api/v1/projects' | '/api/v1/runs';
  readonly body: object;
  readonly status: 400 | 404;
  readonly code: ErrorCode;
  readonly says: readonly (string | RegExp)[];
}

const project = (
  title: string,
  repo: string,
  says: BadRequest['says'],
  more: Partial<BadRequest> = {},
): BadRequest => ({
  title,
  path: '/api/v1/projects',
  body: { repo },
  status: 400,
  code: 'GIT_REFUSED',
  says,
  ...more,
});
const allowed =
  'an address is https://host/path, ssh://user@host/path, user@host:path, or an absolute path where allowed';

export const badRequests: readonly BadRequest[] = [
  project('a file:// address', 'file:///etc', ['has the scheme "file"', allowed]),
  project('an ext:: address', 'ext::sh -c touch% /tmp/executed', ['the repository address ', allowed]),
  project('an http:// address', 'http://github.com/a/b', ['has the scheme "http"', allowed]),
  project('an option for an address', '--upload-pack=touch /tmp/executed', ['is not an address', allowed]),
  project('an option for a host', 'ssh://-oProxyCommand=touch/x', [
    'has no host name that is allowed',
    allowed,
  ]),
  project('a relative path', '../repository', ['is not an address', allowed]),
  project('a host that is not allowed', 'https://example.org/a/b', [
    'is on the host example.org; allowed are github.com, gitlab.com, bitbucket.org',
  ]),
  project(
    'a password in an address',
    'https://dana:hunter2@github.com/a/b',
    [/without user name and password/],
    {
      code: 'REQUEST_INVALID',
    },
  ),
  project('a repository that is not there', '/nonexistent/repository', ['/nonexistent/repository'], {
    status: 404,
    code: 'GIT_NOT_FOUND',
  }),
  project('a folder that is no repository', '/usr', ['/usr is no Git repository: allowed is a folder'], {
    status: 404,
    code: 'GIT_NOT_FOUND',
  }),
  {
    title: 'a project that nobody added',
    path: '/api/v1/runs',
    body: { project: 'nowhere', model: 'tiny' },
    status: 404,
    code: 'PROJECT_NOT_FOUND',
    says: ['nowhere'],
  },
  {
    title: 'a model that the project does not have',
    path: '/api/v1/runs',
    body: { project: 'tiny', model: 'large' },
    status: 404,
    code: 'MODEL_NOT_FOUND',
    says: ['project tiny has no model "large"; it has tiny'],
  },
  {
    title: 'a name that is none',
    path: '/api/v1/runs',
    body: { project: 'Tiny Project', model: 'tiny' },
    status: 400,
    code: 'REQUEST_INVALID',
    says: ['project', 'a name of lower case letters'],
  },
  {
    title: 'a field that nothing knows',
    path: '/api/v1/runs',
    body: { project: 'tiny', model: 'tiny', branch: 'main' },
    status: 400,
    code: 'REQUEST_INVALID',
    says: ['branch'],
  },
];
