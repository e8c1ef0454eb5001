import { readFile } from 'node:fs/promises';
import type { EvaluationConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GateResult } from '../../domain/lineage/evaluation-report.js';
import { modelInterface, type OnnxInterface } from '../../domain/onnx/model-interface.js';
import { scanStructure } from '../../domain/onnx/scan-structure.js';
import { requireOnnx } from '../../domain/onnx/sniff/sniff-model-file.js';

/** Judges the file before anything runs it. Errors: `MODEL_FORMAT`, `MODEL_HOSTILE`, `MODEL_INTERFACE`. */
export async function checkFile(path: string, evaluation: EvaluationConfig): Promise<readonly GateResult[]> {
  const bytes = await readFile(path);
  requireOnnx(bytes, 'model.onnx');
  const structure = scanStructure(bytes);
  if (!structure.ok) {
    const words = structure.findings.map(({ rule, text }) => `${rule}: ${text}`);
    throw new RatchetError('MODEL_HOSTILE', words.join('; '), {
      refusals: structure.findings.map(({ rule, text }) => ({
        what: 'model.onnx',
        rule,
        actual: text,
        limit: 'an allowed structure',
      })),
    });
  }
  const { nodes, initializers, opsets } = structure.summary;
  const versions = Object.entries(opsets)
    .map(([domain, version]) => `${domain} ${version}`)
    .join(', ');
  const tensors = checkInterface(modelInterface(bytes), evaluation);
  return [
    {
      gate: 'structure',
      verdict: 'pass',
      text: `${nodes} nodes, ${initializers} initializers, operators of ${versions}`,
    },
    { gate: 'interface', verdict: 'pass', text: tensors },
  ];
}

function checkInterface(found: OnnxInterface, { output }: EvaluationConfig): string {
  const names = found.outputs.map(({ name }) => name);
  if (!names.includes(output)) {
    throw new RatchetError(
      'MODEL_INTERFACE',
      `evaluation.output names "${output}", which the model does not give; it gives ${names.join(', ')}`,
      { output, names },
    );
  }
  return `${found.inputs.length} inputs, outputs ${names.join(', ')}`;
}
