import type { ErrorCode } from '../../../domain/errors/catalogue.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ProgramEnd } from '../processes/start-program.js';
import type { GitLimits } from './git-limits.js';
import type { RepositoryAddress } from './repository-address.js';

/** What git or the far side says, and what it means. The first that matches wins. */
const meanings: readonly { readonly says: RegExp; readonly code: ErrorCode }[] = [
  {
    says: /not our ref|unadvertised object|couldn't find remote ref|no such remote ref/i,
    code: 'GIT_NOT_FOUND',
  },
  {
    says: /transport '.*' not allowed|redirect|fsck error|bad object|tree entry|dubious ownership/i,
    code: 'GIT_REFUSED',
  },
  {
    says: /authentication failed|could not read (username|password)|permission denied/i,
    code: 'GIT_REFUSED',
  },
  { says: /host key verification failed|returned error: (3\d\d|40[13])/i, code: 'GIT_REFUSED' },
  {
    says: /repository .*not found|not appear to be a git repository|returned error: 404/i,
    code: 'GIT_NOT_FOUND',
  },
];

const noRepository = /not appear to be a git repository/i;

/** The error of a call to a repository that failed. The address is repeated, which holds no secret. */
export function gitFailure(end: ProgramEnd, address: RepositoryAddress, limits: GitLimits): RatchetError {
  const at = address.url;
  if (end.stopped === 'timeout') {
    return new RatchetError('GIT_UNREACHABLE', `${at} did not answer within ${limits.timeoutMs} ms`);
  }
  if (address.protocol === 'file' && noRepository.test(end.stderr)) {
    return new RatchetError(
      'GIT_NOT_FOUND',
      `${at} is no Git repository: allowed is a folder with a commit in it`,
    );
  }
  const code = meanings.find(({ says }) => says.test(end.stderr))?.code ?? 'GIT_UNREACHABLE';
  return new RatchetError(code, `${at}: ${gitReason(end)}`);
}

/** The error of a call that only reads what is here already. */
export function mirrorFailure(end: ProgramEnd, doing: string): RatchetError {
  return new RatchetError('INTERNAL', `git ${doing} failed: ${gitReason(end)}`);
}

/** The last lines that name a cause, on one line, printable, without user names and passwords of addresses. */
function gitReason(end: ProgramEnd): string {
  const lines = end.stderr.split(/[\r\n]+/).map((line) => line.trim());
  const causes = lines.filter((line) => /^(fatal|error|remote|ssh):/.test(line));
  const told = (causes.length > 0 ? causes : lines.filter((line) => line !== '')).slice(-3).join('; ');
  const clean = told.replace(/[^\x20-\x7e]/g, '?').replace(/:\/\/[^@/\s]*@/g, '://');
  return clean === '' ? `ended with code ${end.exitCode ?? end.signal ?? 'unknown'}` : clean.slice(0, 500);
}
