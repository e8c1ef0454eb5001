import type { ProjectConfig } from '../../domain/config/project.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { openApprovals } from '../approvals/open-approvals.js';
import type { ProjectDeps } from './deps.js';

/**
 * Open approvals that stand on what came in force of a project: its own, and those of all projects where it is the
 * organisation's or was until now. Also where nothing differs: an attempt before this one may have put it in force.
 */
export function whoLookAgain(
  deps: Pick<ProjectDeps, 'approvals'>,
  project: string,
  configs: readonly (Pick<ProjectConfig, 'organisation'> | undefined)[],
): Promise<readonly ApprovalRecord[]> {
  const ofAll = configs.some((config) => config?.organisation);
  return openApprovals(deps, ofAll ? null : project);
}
