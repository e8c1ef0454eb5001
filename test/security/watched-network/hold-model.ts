import { join } from 'node:path';
import { packageRoot } from '../../../stack/package-root.js';
import type { WatchedNetwork } from './watched-network.js';

/** onnxruntime waits for 10 s after it has a model before it calls its maker. */
const heldMs = 14_000;
const model = 'test/fixtures/tiny-model/training/model.onnx';
const limits = { deadlineMs: 60_000, memoryBytes: 2 ** 31 };

const inRoot = (path: string) => JSON.stringify(join(packageRoot(), path));

/** Opens a model as the evaluator does, and holds it for as long as onnxruntime needs to call its maker. */
export function holdModel(network: WatchedNetwork): Promise<string> {
  return run(
    network,
    `const { openModel } = await import(${inRoot('dist/inference/model-host.js')});
    const model = await openModel(${inRoot(model)}, ${JSON.stringify(limits)});
    await new Promise((resolve) => setTimeout(resolve, ${heldMs}));
    await model.close();`,
  );
}

/** Holds a model in onnxruntime as it comes, with nothing that keeps it quiet. */
export function holdModelUnsilenced(network: WatchedNetwork): Promise<string> {
  return run(
    network,
    `const { createRequire } = await import('node:module');
    const { InferenceSession } = createRequire(${inRoot('package.json')})('onnxruntime-node');
    const session = await InferenceSession.create(${inRoot(model)});
    await new Promise((resolve) => setTimeout(resolve, ${heldMs}));
    await session.release();`,
  );
}

function run(network: WatchedNetwork, program: string): Promise<string> {
  return network.run([process.execPath, '--input-type=module', '-e', program]);
}
