import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../stack/package-root.js';
import { createMemoryGit, type MemoryTree } from '../../test/fakes/memory-git.js';
import type { Condition } from './scenario.js';

/** The commit that a scenario is about, and the one that mends it. */
export const commits = { first: 'a'.repeat(40), second: 'b'.repeat(40) } as const;

const examplesFile = 'models/tiny/examples.sql';

/** The smallest model, with a training "command" that says what becomes of it. */
export function createRepository(condition: Condition) {
  const tree = readTree(join(packageRoot(), 'test/fixtures/tiny-model'));
  const at = (state: Condition): MemoryTree => ({
    ...tree,
    'training/train.py': state,
    [examplesFile]: state === 'broken contract' ? '-- broken contract' : (tree[examplesFile] ?? ''),
  });
  return createMemoryGit({ [commits.first]: at(condition), [commits.second]: at('well') });
}

/** Whether the examples of a commit break the contract. */
export function breaksContract(examplesSql: string | undefined): boolean {
  return examplesSql?.includes('broken contract') ?? false;
}

function readTree(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.onnx'))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(root.length + 1), readFileSync(path, 'utf8')];
      }),
  );
}
