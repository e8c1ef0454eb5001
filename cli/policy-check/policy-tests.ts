import { parsePolicyTest } from '../../domain/config/configuration-files.js';
import { type PolicyTestResult, runPolicyTest } from '../../domain/policy/tests/run-policy-test.js';
import { type CheckedFile, checkFile } from '../config-check/check-file.js';
import type { FoundPolicy, PolicyFolder } from './model-policies.js';

/** A test file with its cases; `checked` says what is wrong with the file itself, or with the policy that it names. */
export interface PolicyTestFile {
  readonly checked: CheckedFile;
  readonly cases: readonly PolicyTestResult[];
}

/** Tries the cases beside every policy of a repository. */
export async function runPolicyTests({ folder, policies }: PolicyFolder): Promise<readonly PolicyTestFile[]> {
  const paths = [...new Set(policies.map(({ path }) => path))];
  const files = await Promise.all(
    paths.map(async (path) => {
      const tests = await folder.yamlFiles(join(path, 'policy-tests'));
      const beside = policies.filter((policy) => policy.path === path);
      return Promise.all(tests.map((file) => runFile({ folder, policies: beside }, file)));
    }),
  );
  return files.flat();
}

async function runFile({ folder, policies }: PolicyFolder, file: string): Promise<PolicyTestFile> {
  const { checked, value } = await checkFile(folder, file, parsePolicyTest, async () => []);
  if (value === undefined) return { checked, cases: [] };
  const found = policies.find(
    ({ checked: { file: name } }) => name.endsWith(`/${value.policy}`) || name === value.policy,
  );
  if (found?.policy === undefined) return { checked: unusable(file, value.policy, found), cases: [] };
  return { checked, cases: runPolicyTest(value, found.policy, found.model) };
}

function unusable(file: string, policy: string, found: FoundPolicy | undefined): CheckedFile {
  const why = found === undefined ? 'is not in the folder above' : 'is wrong, see ratchet policy check';
  return {
    file,
    ok: false,
    problems: [{ text: `${file}: policy ${policy} ${why}`, line: null, column: null, path: 'policy' }],
  };
}

const join = (path: string, name: string) => (path === '' ? name : `${path}/${name}`);
