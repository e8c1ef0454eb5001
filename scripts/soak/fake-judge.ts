import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationDeps } from '../../activities/evaluation/deps.js';
import type { EvaluationJob } from '../../activities/evaluation/evaluation-job.js';
import { countTestLook, keepReport } from '../../activities/evaluation/keep-report.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { JudgedCandidate } from '../../domain/lifecycle/train-model.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import type { SplitEvaluation } from '../../domain/metrics/evaluation.js';

const split: SplitEvaluation = {
  rows: 5,
  unlabelled: 0,
  metrics: { rocAuc: { kind: 'value', value: 0.75, n: 5 } },
  baseline: { rocAuc: { kind: 'value', value: 0.5, n: 5 } },
};

const found: Pick<EvaluationReport, 'interface' | 'evaluation' | 'gates' | 'charts'> = {
  interface: {
    inputs: [{ name: 'x', type: 'float32', shape: [-1, 2] }],
    outputs: [{ name: 'probability', type: 'float32', shape: [-1, 2] }],
  },
  evaluation: {
    task: 'classification',
    splits: { train: split, validation: split, test: split },
    slices: [],
    findings: [],
  },
  gates: [{ gate: 'structure', verdict: 'pass', text: '1 node' }],
  charts: [],
};

/** Reads the model file and keeps a report, as the real judge does, without running the model. */
export async function fakeJudge(deps: EvaluationDeps, job: EvaluationJob): Promise<JudgedCandidate> {
  const folder = await mkdtemp(join(deps.workDir, 'evaluate-'));
  try {
    const file = join(folder, 'model.onnx');
    await deps.blobs.fetchFile(job.candidate.model, file);
    if ((await readFile(file, 'utf8')).includes('unfaithful'))
      throw new RatchetError('PARITY_BROKEN', '3 rows differ');
    const testLooks = await countTestLook(deps, job);
    return await keepReport(deps, job, { ...found, testLooks });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
