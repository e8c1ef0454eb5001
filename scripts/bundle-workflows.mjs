/** node scripts/bundle-workflows.mjs <workflows/index.js> <out>: the workflows as the one file that workers load. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const [entry, out] = process.argv.slice(2);
const interceptors = join(dirname(entry), 'interceptors.js');
const { code } = await bundleWorkflowCode({
  workflowsPath: entry,
  workflowInterceptorModules: existsSync(interceptors) ? [interceptors] : [],
  logger: new DefaultLogger('WARN'),
});
writeFileSync(out, code);
