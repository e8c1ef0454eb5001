import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyDeps } from '../../../activities/policy/deps.js';
import { judgeVersion } from '../../../activities/policy/judge-version.js';
import { runInStep } from '../../../activities/steps/current-step.js';
import { parseModel } from '../../../domain/config/configuration-files.js';
import type { PolicyConfig } from '../../../domain/config/policy.js';
import type { JudgedVersion, JudgeVersionInput } from '../../../domain/lifecycle/train-model.js';
import type { EvaluationReport } from '../../../domain/lineage/evaluation-report.js';
import { evaluateTask } from '../../../domain/metrics/evaluate.js';
import type { DatasetManifest } from '../../../domain/ports/datasets.js';
import type { ModelVersionRecord } from '../../../domain/ports/models.js';
import type { PolicyRecord, PolicyVerdictRecord } from '../../../domain/ports/policies.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { forkHost } from '../../../inference/host-connection.js';
import { parquetOf } from '../../bad-input/parquet-of.js';
import { digestOf, manifestOf } from '../../conformance/dataset-manifest.js';
import { newRun } from '../../conformance/run-store-subject.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryGit, type MemoryTree } from '../../fakes/memory-git.js';
import { createMemoryStores } from '../../fakes/stores/memory-stores.js';
import { createDirectLauncher } from '../data/direct-launcher.js';

const fixture = join(import.meta.dirname, '../../fixtures/tiny-model');
const fixtureFile = (path: string) => readFileSync(join(fixture, path));
export const project = 'tiny';
const model = 'tiny';
export const commit = 'c'.repeat(40);

/** Rows of one split: keys from `from` on, x moved by `shift`. */
interface Rows {
  readonly from: number;
  readonly count: number;
  readonly shift?: number;
}

export interface MadeVersion {
  readonly rows: Readonly<Record<'train' | 'validation' | 'test', Rows>>;
  readonly dataset: number;
  /** Columns that are text in this version. */
  readonly texts?: readonly ('id' | 'y')[];
}

/** Everything that judging stands on, in memory, with the tiny model and its real ONNX file. */
export async function openPolicyRoom(files: MemoryTree = {}, changes: Partial<PolicyDeps> = {}) {
  const workDir = await mkdtemp(join(tmpdir(), 'policy room '));
  const stores = createMemoryStores();
  const blobs = createMemoryBlobStore();
  const policies: PolicyRecord[] = [];
  const verdicts: PolicyVerdictRecord[] = [];
  const moves: { version: number; to: string; reason: string }[] = [];
  const live: { record?: ModelVersionRecord } = {};
  const text = fixtureFile('models/tiny/ratchet.yaml').toString('utf8');
  const configuration = parseModel(
    text
      .replace('key: [id]', 'key: [id]\n  outcomes: [secret]')
      .replace('inputs: [x, y]', 'inputs: [x, y]\n  slices: [origin]'),
    'ratchet.yaml',
  );
  const git = createMemoryGit({
    [commit]: {
      'ratchet.project.yaml': fixtureFile('ratchet.project.yaml'),
      'models/tiny/ratchet.yaml': fixtureFile('models/tiny/ratchet.yaml'),
      ...files,
    },
  });
  const row = { ref: 'main', commit };
  await stores.projects.put({ ...row, name: project, repo: '/repo', config: {} as never });
  const organisation = { organisation: true } as never;
  await stores.projects.put({ ...row, name: 'house', repo: '/organisation', config: organisation });
  const deps: PolicyDeps = {
    ...stores,
    blobs,
    git,
    workDir,
    launcher: createDirectLauncher(),
    takeHost: forkHost,
    environments: { digest: async () => 'e', prepare: async () => ({ digest: 'e', readOnly: [], env: {} }) },
    policies: {
      inForce: async (ofProject, ofModel) =>
        policies.find((record) => record.project === ofProject && record.model === ofModel),
      putVerdict: async (verdict) => {
        const record = { ...verdict, createdAt: '2026-01-01T00:00:00Z' };
        verdicts.push(record);
        return record;
      },
    },
    champions: {
      champion: async () => live.record,
      judge: async ({ version, to, reason, actor }) => {
        moves.push({ version, to, reason });
        return { project, model, version, from: 'registered', to, actor, reason, approval: null, at: '' };
      },
    },
    ...changes,
  };

  /** A run that came to a registered version. */
  async function register(id: string, made: MadeVersion): Promise<JudgeVersionInput> {
    const { run } = await stores.runs.create(newRun(project, id, model));
    const manifest = await publish(made);
    const file = await blobs.putBytes(fixtureFile('training/model.onnx'));
    const staged = await blobs.putBytes(fixtureFile('training/model.onnx'));
    const stored = await blobs.putJson(configuration);
    const report = reportOf(manifest, file.sha256);
    const evaluationId = `evaluation-of-${id}`;
    await stores.registry.putEvaluation({
      id: evaluationId,
      runId: run.id,
      modelDigest: file.sha256,
      datasetDigest: manifest.digest,
      report: await blobs.putJson(report),
      metrics: {},
    });
    const { version } = await stores.registry.register({
      project,
      model,
      runId: run.id,
      algorithm: 'copied',
      commit,
      configurationDigest: stored.sha256,
      environmentDigest: 'e'.repeat(64),
      isolationTier: 'uid',
      dataset: { name: manifest.name, version: made.dataset },
      features: [],
      evaluationId,
      file,
      interface: report.interface,
      card: await blobs.putJson({
        card: { task: 'classification', limits: [], purpose: { intendedUse: 'to test' } },
      }),
    });
    return {
      ...{ project, model, runId: run.id, round: 0, version },
      plan: {
        commit,
        repo: '/repo',
        configuration: stored,
        inputs: { purpose: 'f'.repeat(64) },
      } as JudgeVersionInput['plan'],
      dataset: { name: manifest.name, version: made.dataset, digest: manifest.digest },
      candidate: { model: staged, predictions: null, notes: null, tier: 'uid', attempts: 1 },
      judged: { evaluationId, metrics: {} },
    };
  }

  async function publish({ rows, dataset, texts = [] }: MadeVersion): Promise<DatasetManifest> {
    const splits = ['train', 'validation', 'test'] as const;
    const refs = await Promise.all(
      splits.map(async (split) => blobs.putBytes(await parquetOf(rowsSql(rows[split], texts)))),
    );
    const [train, validation, test] = refs as [never, never, never];
    const letter = '0123456789abcdef'[dataset] ?? 'f';
    const column = (name: string, type: string) =>
      ({
        name,
        type: texts.some((text) => text === name) ? 'text' : type,
      }) as DatasetManifest['columns'][number];
    const manifest = manifestOf(project, letter, {
      name: 'points',
      rows: { train: rows.train.count, validation: rows.validation.count, test: rows.test.count },
      files: { train, validation, test },
      quarantined: [],
      columns: [
        column('id', 'integer'),
        column('x', 'double'),
        column('y', 'double'),
        column('secret', 'double'),
        column('label', 'integer'),
      ],
    });
    await stores.datasets.publish(manifest, await blobs.putJson(manifest), null);
    return manifest;
  }

  /** Judges as a worker does, in the step of its run. */
  async function judge(input: JudgeVersionInput, attemptNumber = 1): Promise<JudgedVersion> {
    const { runId } = input;
    const fence = await stores.runs.beginStep({ runId, name: 'policy', attempt: attemptNumber, worker: 'w' });
    const attempt = {
      runId,
      name: 'policy',
      attempt: 1,
      scheduledAt: '2026-01-01T00:00:00.000Z',
      fence,
      round: 0,
      before: {},
      inputs: {},
      reused: false,
      note: null,
    };
    return runInStep(stores.runs, attempt, () => judgeVersion(deps, input, new AbortController().signal));
  }

  return {
    ...{ deps, stores, blobs, verdicts, moves, live },
    register,
    judge,
    putInForce: (policy: PolicyConfig, of: 'model' | 'organisation' = 'model') =>
      policies.push({
        ...(of === 'model' ? { project, model } : { project: null, model: null }),
        digest: digestOf('p'),
        policy,
        commit,
        inForceSince: '2026-01-01T00:00:00Z',
      }),
    close: () => rm(workDir, { recursive: true, force: true }),
  };
}
export type PolicyRoom = Awaited<ReturnType<typeof openPolicyRoom>>;

/** `secret` is what x says, but for a sign; the label has something to do with both. */
function rowsSql({ from, count, shift = 0 }: Rows, texts: readonly string[]): string {
  const as = (name: string, type: string) => `${texts.includes(name) ? 'varchar' : type} as ${name}`;
  const chance = (salt: number) => `((hash(i * 1000003 + ${salt}) % 1000003) / 1000003.0)`;
  const x = `(${chance(1)} * 4 - 2 + ${shift})`;
  return `select i::${as('id', 'integer')}, ${x}::double as x, (${chance(2)} * 4 - 2)::${as('y', 'double')}, (-3 * ${x})::double as secret,
    (${x} + ${chance(3)} > 0.5)::integer as label from range(${from}, ${from + count}) r(i)`;
}

function reportOf({ digest, rows }: DatasetManifest, modelDigest: string): EvaluationReport {
  const split = (count: number, seed: number) => {
    const random = seededRandom(seed);
    const score = Float64Array.from({ length: count }, random);
    const label = score.map((probability) => (random() < probability ? 1 : 0));
    const origin = Array.from(score, (_, row) => (row % 3 === 0 ? 'A' : 'B'));
    return { score, label, slices: { origin } };
  };
  const splits = {
    train: split(rows.train, 1),
    validation: split(rows.validation, 2),
    test: split(rows.test, 3),
  };
  return {
    modelDigest,
    datasetDigest: digest,
    interface: {
      inputs: [
        { name: 'x', type: 'float', shape: [-1, 1] },
        { name: 'y', type: 'float', shape: [-1, 1] },
      ],
      outputs: [{ name: 'probability', type: 'float', shape: [-1, 1] }],
    },
    evaluation: evaluateTask({ task: 'classification', splits, seed: 7 }),
    gates: [],
    charts: [],
    testLooks: 2,
  };
}
