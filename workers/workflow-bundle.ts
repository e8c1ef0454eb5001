import { fileURLToPath } from 'node:url';

/** The workflows as the build bundled them, beside the compiled code. */
export function workflowBundle(): { codePath: string } {
  return { codePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)) };
}
