import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { SubjectDigests } from '../../domain/signing/vote-statement.js';
import type { ProjectDeps } from './deps.js';
import { digestInForce, governedInForce } from './read-governed.js';

/**
 * What an open approval of a change would have to be about: what is in force, which it follows, and its own parts. A
 * commit never says another thing; that it says what was approved is looked at before it is in force.
 */
export function createChangeDigests(
  deps: Pick<ProjectDeps, 'accounts' | 'policies' | 'projects'>,
): (approval: ApprovalRecord) => Promise<SubjectDigests> {
  return async ({ project: name, digests }) => {
    const project = await deps.projects.get(name);
    const policy = digestInForce(project, await governedInForce(deps, project));
    return { ...digests, policy };
  };
}
