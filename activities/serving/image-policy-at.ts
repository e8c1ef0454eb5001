import type { ReleasePlan } from '../../domain/lifecycle/release-serving.js';
import type { Git } from '../../domain/ports/git.js';

const policyFile = 'image-policy.yaml';

/** The text of an image policy, and where it came from. */
export interface WrittenPolicy {
  readonly text: string;
  readonly file: string;
}

/**
 * The policy for images of serving code: at the commit, beside the code that it is about. Null: the one that holds without
 * a file, as for the stock application.
 */
export async function imagePolicyAt(
  { git }: { readonly git: Pick<Git, 'readFile'> },
  application: Pick<NonNullable<ReleasePlan['application']>, 'repo' | 'commit' | 'path'> | null,
): Promise<WrittenPolicy | null> {
  if (application === null) return null;
  const { repo, commit, path } = application;
  const file = path === '.' ? policyFile : `${path}/${policyFile}`;
  const text = await git.readFile(repo, commit, file);
  return text === undefined ? null : { text, file };
}
