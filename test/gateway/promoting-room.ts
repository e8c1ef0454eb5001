import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createGit } from '../../activities/adapters/git/create-git.js';
import { createApprovalActivities } from '../../activities/approvals/approval-activities.js';
import type { PromotionDeps } from '../../activities/approvals/deps.js';
import { mergedPolicyOf } from '../../activities/approvals/merged-policy.js';
import { createPromotionActivities } from '../../activities/approvals/promotion-activities.js';
import { createChangeDigests } from '../../activities/projects/change-digests.js';
import type { ReleaseActivities } from '../../activities/serving/release-activities.js';
import { StepInterceptor } from '../../activities/steps/step-interceptor.js';
import { RememberingBlobStore } from '../../db/blobs/remembering-blob-store.js';
import { createS3Client } from '../../db/blobs/s3-client.js';
import { openDatabase } from '../../db/open-database.js';
import { projectConfig } from '../../domain/config/project.js';
import type { PromoteModelResult } from '../../domain/lifecycle/promote-model.js';
import { queues, workflowIds } from '../../domain/names.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { promotionGate } from '../../workers/promotion-gate.js';
import { workflowPatience } from '../../workers/workflow-patience.js';
import type { Stories } from '../../workflows/messages/stories.js';
import { policyOf } from '../conformance/promotion-world.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { createTinyRepository } from '../workers/tiny-repository.js';
import { installQuietRuntime } from '../workflows/quiet-runtime.js';
import type { GatewayRoom } from './gateway-room.js';
import { registerVersion } from './register-version.js';

/** Promotions on the real parts: workflows, activities, Git, bucket, database and the gate of its transaction. */
export type PromotingRoom = Awaited<ReturnType<typeof openPromotingRoom>>;

const letters = '123456789abcdef';

export async function openPromotingRoom(room: GatewayRoom) {
  installQuietRuntime();
  const { config } = testStack();
  const { beneath } = room;
  const folder = await mkdtemp(join(tmpdir(), 'promoting-'));
  const repository = await createTinyRepository(join(folder, 'repository'));
  const database = await openDatabase({
    ...{ url: beneath.database.appUrl, poolSize: 4, application: 'orchestrator' },
    gate: promotionGate(),
  });
  const blobs = new RememberingBlobStore(beneath.bucket);
  const { signer, verifier } = room.deps;
  const deps: PromotionDeps = {
    ...database.stores,
    blobs,
    git: createGit({ ...config.git, cacheDir: join(folder, 'git') }),
    tell: async () => undefined,
    signer,
    verifier,
    mergedPolicy: (of, model) => mergedPolicyOf(database.stores.policies, of, model),
    changeDigests: createChangeDigests(database.stores),
  };
  /** Done between the approval and what follows from it. */
  let meanwhile = async (): Promise<unknown> => undefined;
  const promotion = createPromotionActivities(deps);
  const signAttestation: typeof promotion.signAttestation = async (input) => {
    await meanwhile();
    return promotion.signAttestation(input);
  };
  /** Releases that a champion opens wait here: what they do is for suites of their own. */
  const takeReleaseTurn: ReleaseActivities['takeReleaseTurn'] = async () => ({
    ...{ kind: 'wait', for: 'another', wakes: [] },
  });
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: queues.orchestrator,
    workflowBundle: await workflowBundle(),
    ...workflowPatience,
    interceptors: { activity: [() => ({ inbound: new StepInterceptor(room.deps, 'test') })] },
    activities: Object.assign({}, createApprovalActivities(deps), promotion, {
      signAttestation,
      takeReleaseTurn,
    }),
  });
  const working = worker.run();

  /** Not one that another file has left open under the same ids. */
  const project = `promoting-${randomBytes(4).toString('hex')}`;
  const head = () => repository.git('rev-parse', 'HEAD');
  const put = async () => {
    const models = [{ name: 'delay', path: 'models/tiny' }];
    const config = projectConfig({ version: 1, project, models, sources: {} });
    const commit = await head();
    await deps.projects.put({ name: project, repo: repository.path, ref: 'main', commit, config });
    return commit;
  };
  const first = await put();
  await deps.policies.putInForce({ project, model: 'delay', commit: first }, policyOf('two'));

  /** A commit by somebody, whose address is their name at example.org. */
  const commit = async (author: string) => {
    const person = `${author} <${author}@example.org>`;
    await repository.git('commit', '--quiet', '--allow-empty', '--author', person, '--message', 'A change');
    return head();
  };
  const judge = async (version: ModelVersionRecord) => {
    const evaluation = await deps.registry.evaluation(version.evaluationId);
    const { digest: policy } = await deps.mergedPolicy(project, 'delay');
    const digests = {
      model: version.file.sha256,
      dataset: evaluation.datasetDigest,
      evaluation: evaluation.report.sha256,
      purpose: '9'.repeat(64),
      policy,
    };
    const about = { project, model: 'delay', version: version.version, digests, policyDigest: policy };
    const facts = await blobs.putJson({});
    const said = { verdict: 'pass', rules: [], factsDigest: facts.sha256, facts } as const;
    await deps.policies.putVerdict({ id: randomUUID(), ...about, ...said });
  };
  let versions = 0;
  return {
    deps,
    project,
    repository,
    commit,
    judge,
    /** From now on, until the next call. */
    setMeanwhile(work: () => Promise<unknown>) {
      meanwhile = work;
    },
    /** A version that passed its policy, of the repository as it is. */
    async candidate(): Promise<ModelVersionRecord> {
      versions += 1;
      const letter = letters[versions % letters.length] ?? '1';
      const file = await blobs.putBytes(Buffer.from(`the model ${versions} of ${project}`));
      const made = { letter, recall: versions / 50, commit: await head(), file };
      const version = await registerVersion(room, project, made);
      await judge(version);
      const at = { project, model: 'delay', version: version.version };
      await deps.champions.judge({ ...at, to: 'candidate', reason: 'it passed', actor: 'system/test' });
      return version;
    },
    /** Starts the promotion of a version, as its training does; its end. */
    async promote({ version, runId }: ModelVersionRecord): Promise<PromoteModelResult> {
      const input = { project, model: 'delay', version, requestedBy: `run/${runId}` };
      const started = await room.deps.client.workflow.start<Stories['promoteModel']>('promoteModel', {
        workflowId: workflowIds.promoteModel(project, 'delay', version),
        taskQueue: queues.orchestrator,
        args: [input],
      });
      return started.result();
    },
    /** Writes other bytes under the digest of a file, past every store. */
    async overwrite({ file }: ModelVersionRecord, bytes: Uint8Array) {
      const client = createS3Client(beneath.bucket);
      const Bucket = beneath.bucket.bucket;
      const Key = file.uri.replace(`s3://${Bucket}/`, '');
      await client.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
      client.destroy();
    },
    async close() {
      worker.shutdown();
      await working;
      blobs.close();
      await Promise.all([connection.close(), database.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
