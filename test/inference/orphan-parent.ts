import { openModel } from '../../inference/model-host.js';
import { keepSpareHost } from '../../inference/spare-host.js';
import { hostProcessesOf } from './processes.js';

/** A program for `orphans.test.ts`: what it holds besides itself is its first argument, a model's path its second. */
const [, , holds, path = ''] = process.argv;
const limits = { deadlineMs: 600_000, memoryBytes: 2 ** 30 };
if (holds === 'spare') {
  keepSpareHost();
  process.stdout.write(hostProcessesOf(process.pid).join(' '));
} else {
  const model = await openModel(path, limits);
  if (holds === 'running') void model.run({ x: [1] });
  // Time for the model to take the thread of its process.
  setTimeout(() => process.stdout.write('ready\n'), 300);
}
