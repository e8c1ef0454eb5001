import { parseModel, parsePolicyTest, parseProject } from '../../domain/config/configuration-files.js';
import type { ModelConfig } from '../../domain/config/model.js';
import type { PolicyConfig } from '../../domain/config/policy.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { parsePolicy } from '../../domain/policy/parse-policy.js';
import { type CheckedFile, checkFile } from '../config-check/check-file.js';
import { type ModelFolder, openModelFolder } from '../config-check/model-folder.js';

/** A policy file of a repository, as far as it could be read, with the model that it is for. */
export interface FoundPolicy {
  /** Folder of the file, relative to the repository; empty for its root. */
  readonly path: string;
  readonly checked: CheckedFile;
  readonly policy: PolicyConfig | undefined;
  /** Undefined for a policy of the organisation, and for a model whose configuration is wrong. */
  readonly model: ModelConfig | undefined;
}

export interface PolicyFolder {
  readonly folder: ModelFolder;
  readonly policies: readonly FoundPolicy[];
}

/**
 * Every `policy.yaml` and `policy-<name>.yaml` in a repository: beside the models of its ratchet.project.yaml, or in the
 * folder itself where that is the organisation's, or one without such a file (such as one model's folder). Error:
 * `CONFIG_INVALID`, which `ratchet config check` tells in full.
 */
export async function findPolicies(root: string): Promise<PolicyFolder> {
  const folder = openModelFolder(root);
  const text = await folder.readText('ratchet.project.yaml');
  const paths = text === undefined ? [''] : policyPaths(parseProject(text, 'ratchet.project.yaml'));
  const found = await Promise.all(paths.map((path) => policiesIn(folder, path)));
  return { folder, policies: found.flat() };
}

/** Folders that policies of a project may stand in; empty for the root of its repository. */
export function policyPaths({ models, organisation }: ProjectConfig): readonly string[] {
  return organisation ? [''] : models.map(({ path }) => path.replace(/\/$/, '').replace(/^\.(\/|$)/, ''));
}

/** Policies and their tests in some folders, checked as files. */
export async function policyFiles(
  folder: ModelFolder,
  paths: readonly string[],
): Promise<readonly CheckedFile[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const policies = (await policiesIn(folder, path)).map(({ checked }) => checked);
      const tests = (await folder.yamlFiles(path === '' ? 'policy-tests' : `${path}/policy-tests`)).map(
        (file) => checkFile(folder, file, parsePolicyTest, async () => []),
      );
      return [...policies, ...(await Promise.all(tests)).map(({ checked }) => checked)];
    }),
  );
  return found.flat();
}

async function policiesIn(folder: ModelFolder, path: string): Promise<readonly FoundPolicy[]> {
  const files = (await folder.yamlFiles(path === '' ? '.' : path))
    .map((file) => file.replace(/^\.\//, ''))
    .filter((file) => /(^|\/)policy(-[^/]*)?\.yaml$/.test(file));
  const model = await modelBeside(folder, path);
  return Promise.all(
    files.map(async (file) => {
      const read = await checkFile(
        folder,
        file,
        (text, name) => parsePolicy(text, name, model),
        async () => [],
      );
      return { path, checked: read.checked, policy: read.value, model };
    }),
  );
}

/** A model that is wrong itself decides nothing here: `ratchet config check` says what is wrong with it. */
export async function modelBeside(folder: ModelFolder, path: string): Promise<ModelConfig | undefined> {
  const file = path === '' ? 'ratchet.yaml' : `${path}/ratchet.yaml`;
  if ((await folder.readText(file)) === undefined) return undefined;
  return (await checkFile(folder, file, parseModel, async () => [])).value;
}
