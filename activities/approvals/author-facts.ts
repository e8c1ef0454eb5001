import type { AuthorSet } from '../../domain/approvals/approval.js';
import {
  type AuthorFacts,
  authorSet,
  startsOf,
  type VersionHands,
} from '../../domain/approvals/author-set.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { CommitRange } from '../../domain/ports/git.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { PromotionDeps } from './deps.js';

/** Files whose editors decide what a version is judged by. */
const judgingFiles = ['policy.yaml', 'ratchet.yaml', 'ratchet.project.yaml'];

/** Who made a version: by its repository since the champion's commit, by its run, by the policy that judged it. */
export async function authorsOf(deps: PromotionDeps, version: ModelVersionRecord): Promise<AuthorSet> {
  const [hands, run, members, accounts] = await Promise.all([
    handsIn(deps, version),
    deps.runs.get(version.runId),
    deps.accounts.members(version.project),
    deps.accounts.list(),
  ]);
  return authorSet({ ...hands, starts: startsOf(run.causes), members, accounts });
}

/**
 * Who has a hand in a version by its repository: in all that differs from the champion, and in the policy in force, its
 * programs included, which are those of the policy's commit.
 */
export async function handsIn(deps: PromotionDeps, version: ModelVersionRecord): Promise<VersionHands> {
  const { project, model } = version;
  const [{ repo }, champion, inForce] = await Promise.all([
    deps.projects.get(project),
    deps.champions.champion(project, model),
    deps.policies.listInForce(project),
  ]);
  const since = champion?.commit ?? null;
  const judging = inForce.filter((one) => one.project === project && [null, model].includes(one.model));
  const [made, ...edits] = await Promise.all([
    commitsBetween(deps, repo, { from: since, to: version.commit }),
    ...judging.map(({ commit: to, policy }) => {
      const folders = policy.programs.map(({ path }) => path);
      return commitsBetween(deps, repo, { from: since, to, touching: { files: judgingFiles, folders } });
    }),
  ]);
  return {
    since,
    commits: made.commits,
    configEdits: edits.flatMap(({ commits }) => commits),
    gaps: [...new Set([made, ...edits].flatMap(({ gaps }) => gaps))],
  };
}

/** Where the commit to begin with is gone from the repository, all that led here, and a stranger for what nobody can see. */
export async function commitsBetween(
  { git }: Pick<PromotionDeps, 'git'>,
  repo: string,
  range: CommitRange,
): Promise<Pick<AuthorFacts, 'commits' | 'gaps'>> {
  try {
    return { commits: await git.history(repo, range), gaps: [] };
  } catch (error) {
    const gone = error instanceof RatchetError && error.code === 'GIT_NOT_FOUND' && range.from !== null;
    if (!gone) throw error;
    const commits = await git.history(repo, { ...range, from: null });
    return { commits, gaps: [`whoever took commit ${range.from?.slice(0, 12)} out of the repository`] };
  }
}
