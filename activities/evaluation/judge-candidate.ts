import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluationCharts } from '../../charts/evaluation-charts.js';
import type { JudgedCandidate } from '../../domain/lifecycle/train-model.js';
import { openModel } from '../../inference/model-host.js';
import { readManifest } from '../data/read-manifest.js';
import { reportProgress } from '../steps/current-step.js';
import { answerSplits } from './answer-splits.js';
import { checkFile } from './check-file.js';
import { checkParity } from './check-parity.js';
import type { EvaluationDeps } from './deps.js';
import { evaluateInThread } from './evaluate-in-thread.js';
import type { EvaluationJob } from './evaluation-job.js';
import { countTestLook, keepReport } from './keep-report.js';

/** A model that cannot answer the splits in this time, or in this memory, is refused. */
const modelLimits = { deadlineMs: 10 * 60_000, memoryBytes: 4 * 1024 ** 3 };

/** Structure, interface, parity, then metrics on all splits; what it found is one stored report and one row. */
export async function judgeCandidate(
  deps: EvaluationDeps,
  job: EvaluationJob,
  signal: AbortSignal,
): Promise<JudgedCandidate> {
  await mkdir(deps.workDir, { recursive: true });
  const folder = await mkdtemp(join(deps.workDir, 'evaluate-'));
  try {
    const file = join(folder, 'model.onnx');
    reportProgress('checking the model file');
    const [manifest] = await Promise.all([
      readManifest(deps, job),
      deps.blobs.fetchFile(job.candidate.model, file),
    ]);
    const structure = await checkFile(file, job.configuration.evaluation);
    const model = await openModel(file, modelLimits, deps.takeHost);
    const stop = () => void model.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      reportProgress('comparing the trained model with its ONNX file');
      const parity = await checkParity(deps, job, { manifest, model, folder });
      reportProgress('answering the rows that training never saw');
      const splits = await answerSplits(deps, job, { manifest, model, folder });
      // It has answered all that it is asked: its process ends while the metrics are computed.
      stop();
      const [evaluation, testLooks] = await Promise.all([
        evaluateInThread(splits, signal),
        countTestLook(deps, job),
      ]);
      const charts = Object.entries(evaluationCharts(evaluation)).map(([name, chart]) => ({
        name,
        ...chart,
      }));
      return await keepReport(deps, job, {
        interface: model.interface,
        evaluation,
        gates: [...structure, parity],
        charts,
        testLooks,
      });
    } finally {
      signal.removeEventListener('abort', stop);
      await model.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
