import type { ProjectConfig } from '../config/project.js';
import { pathMatch } from './path-match.js';

/**
 * Name of the branch, where a ref is one whose runs register nothing (`tracked.experiments`); null for any other. What is
 * tracked is none, whatever the patterns say.
 */
export function experimentBranch(
  ref: string,
  { config, ref: added }: { readonly config: Pick<ProjectConfig, 'tracked'>; readonly ref: string },
): string | null {
  const branch = short(ref);
  const { branch: tracked = added, experiments } = config.tracked;
  if (branch === short(tracked)) return null;
  return experiments.some((pattern) => pathMatch(pattern)(branch)) ? branch : null;
}

const short = (ref: string) => ref.replace(/^refs\/heads\//, '');
