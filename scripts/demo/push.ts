import type { Demo } from './demo.js';
import { tell, tellShell } from './narrator.js';

/** Shows a push, does it, and tells what the Git host says to whoever pushes. */
export async function pushBranch({ repository }: Demo, branch = 'main'): Promise<void> {
  tellShell(`git push origin ${branch}`);
  for (const line of await repository.push(branch)) tell(`remote: ${line}`);
}
