import type { InterfaceTensor, OnnxInterface } from '../../domain/onnx/model-interface.js';

/** What of a version stands in its package. */
export interface BundledVersion {
  readonly project: string;
  readonly model: string;
  readonly version: number;
  readonly sha256: string;
  readonly commit: string;
  readonly runId: string;
  readonly dataset: string;
  readonly interface: OnnxInterface;
}

/** `model.json`. */
export const factsText = (version: BundledVersion) => `${JSON.stringify(version, null, 2)}\n`;

/** `package.json`. The runtime is the one that the model was evaluated with. */
export function packageText(
  { project, model, version }: BundledVersion,
  runtime: string,
  node: string,
): string {
  const manifest = {
    name: `${project}-${model}`,
    version: `${version}.0.0`,
    description: `Version ${version} of the model ${project}/${model}, to be asked without a network.`,
    license: 'UNLICENSED',
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' }, './model.json': './model.json' },
    files: ['index.js', 'index.d.ts', 'lib', 'model.json', 'model.onnx', 'README.md'],
    engines: { node },
    dependencies: { 'onnxruntime-node': runtime },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** `index.js`. */
export const indexText = `// The runtime tells nobody that it is used.
process.env.ORT_DISABLE_TELEMETRY ??= '1';

let opened;

export async function predict(rows) {
  opened ??= import('./lib/inference/bundle/bundled-model.js').then(({ openBundledModel }) =>
    openBundledModel(new URL('./', import.meta.url)),
  );
  return (await opened).predict(rows);
}
`;

/** `index.d.ts`. */
export function typesText({ project, model, version, interface: shape }: BundledVersion): string {
  const fields = shape.inputs.map((tensor) => `  readonly ${key(tensor)}: ${inputType(tensor)};`);
  return `/** A row that ${project}/${model} is asked. */
export interface Row {
${fields.join('\n')}
}

/** What it answers to a row. */
export type Prediction = ${predictionType(shape.outputs)};

/**
 * Answers of version ${version}, one a row, in their order. The model is loaded with the first call, and its file compared
 * with the digest in model.json. Rejects with an Error that has a \`code\`: BLOB_CORRUPT, MODEL_INTERFACE (a row does not
 * fit, named by its number), MODEL_RUN.
 */
export declare function predict(rows: readonly Row[]): Promise<readonly Prediction[]>;
`;
}

const key = ({ name }: InterfaceTensor) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function inputType(tensor: InterfaceTensor): string {
  const { type } = tensor;
  if (type === 'string') return nested(tensor, 'string | null');
  if (type === 'bool') return nested(tensor, 'boolean');
  if (type === 'int64') return nested(tensor, 'number | bigint');
  return nested(tensor, type.startsWith('float') ? 'number | null' : 'number');
}

function outputType(tensor: InterfaceTensor): string {
  const { type } = tensor;
  if (type === 'string') return nested(tensor, 'string');
  return inputType(tensor);
}

function predictionType(outputs: readonly InterfaceTensor[]): string {
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) return outputType(only);
  const fields = outputs.map((tensor) => `readonly ${key(tensor)}: ${outputType(tensor)}`);
  return `{ ${fields.join('; ')} }`;
}

function nested({ shape }: InterfaceTensor, element: string): string {
  const inner = shape.slice(1);
  if (inner.every((size) => size === 1)) return element;
  return inner.reduce<string>((type) => `readonly (${type})[]`, element);
}

/** `README.md`. */
export function readmeText({
  project,
  model,
  version,
  sha256,
  commit,
  runId,
  dataset,
}: BundledVersion): string {
  return `# ${project}-${model}

Version ${version} of the model ${project}/${model}, to be asked from Node without a network and without Ratchet.

\`\`\`js
import { predict } from '${project}-${model}';

const [prediction] = await predict([row]); // the types name what a row has
\`\`\`

It needs \`onnxruntime-node\` and nothing else. Ratchet's own code that lies in \`lib/\` is under the Apache License 2.0; the
license of the model is for its owner to state in package.json.

| fact             | value |
| ---------------- | ----- |
| model file       | sha256 ${sha256}, compared whenever it is loaded |
| training run     | ${runId} |
| training code    | ${commit} |
| trained on       | ${dataset} |
`;
}
