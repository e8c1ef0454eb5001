import type { InterfaceTensor } from '../../../domain/onnx/model-interface.js';
import type { ServedVersion } from '../../data-plane-port.js';
import { exampleRequest, exampleRow } from './example-values.js';

interface ExampleCall {
  readonly label: string;
  readonly write: (base: string, served: ServedVersion, inputs: readonly InterfaceTensor[]) => string;
}

const addressOf = (base: string, { model, version }: ServedVersion) =>
  `${base}/v2/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}`;
/** Within single quotes of a shell. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

export const curlExample: ExampleCall = {
  label: 'curl',
  write: (base, served, inputs) => {
    const at = addressOf(base, served);
    const row = JSON.stringify(exampleRow(inputs));
    return [
      `curl ${quoted(`${at}/predict`)} -H 'content-type: application/json' -d ${quoted(`[${row}]`)}`,
      `curl ${quoted(`${at}/predict`)} -H 'content-type: application/x-ndjson' -d ${quoted(row)}`,
      `curl ${quoted(`${at}/infer`)} -H 'content-type: application/json' -d ${quoted(JSON.stringify(exampleRequest(inputs)))}`,
    ].join('\n\n');
  },
};

export const pythonExample: ExampleCall = {
  label: 'Python',
  write: (base, served, inputs) => `import json, urllib.request

body = json.loads(${JSON.stringify(JSON.stringify([exampleRow(inputs)]))})
request = urllib.request.Request(
    ${JSON.stringify(`${addressOf(base, served)}/predict`)},
    json.dumps(body).encode(),
    {"content-type": "application/json"},
)
print(json.load(urllib.request.urlopen(request))["predictions"])`,
};

export const javascriptExample: ExampleCall = {
  label: 'JavaScript',
  write: (
    base,
    served,
    inputs,
  ) => `const response = await fetch(${JSON.stringify(`${addressOf(base, served)}/predict`)}, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(${JSON.stringify([exampleRow(inputs)])}),
});
console.log((await response.json()).predictions);`,
};
