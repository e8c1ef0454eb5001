import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { referenceRule } from '../../../activities/monitoring/reference-of.js';
import type { Stores } from '../../../db/open-database.js';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import { makeProfile } from '../../../domain/monitoring/profile/make-profile.js';
import type { BlobStore } from '../../../domain/ports/blobs.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { ServedModel } from '../../../domain/ports/predictions.js';
import { digestOf } from '../../../test/conformance/dataset-manifest.js';
import { prepareDataset, prepareVersion } from '../../../test/conformance/model-registry-subject.js';
import { declared, liveOf, newRelease, wantedOf } from '../../../test/conformance/serving-subject.js';
import { commitAll } from '../commit-all.js';
import { inputs, output, referenceInput } from './answered-rows.js';

const project = 'many';
const model = 'delay';
export const name: EndpointName = { project, endpoint: 'web' };

/** Windows of a day, and no silence that ends one. */
export const watch = monitoringSchema.parse({
  windows: { every: '1 day', lateness: '1 hour', idle: '90 days' },
  truth: { every: '1 day', lateness: '6 hours', idle: '90 days' },
});

const modelFile = {
  version: 1,
  model,
  purpose: {
    intendedUse: 'measuring a watch',
    prohibitedUses: ['anything else'],
    affectedGroups: ['nobody'],
    sensitiveColumns: [],
  },
  dataset: {
    ...{ name: 'flights', tables: ['flights'], examples: 'examples.sql', key: ['id'], label: 'late' },
    split: { by: 'hash', validation: 0.2, test: 0.2 },
  },
  training: { path: '.', command: ['true'], environment: { kind: 'none' }, algorithm: 'any' },
  evaluation: { task: 'classification', inputs, output, primary: 'rocAuc' },
};
const projectFile = { version: 1, project, models: [{ name: model, path: 'delay' }], sources: {} };

/** A project with one version that is live at a watched endpoint, with its reference; what its answers are recorded as. */
export async function createWatchedProject(
  { stores, blobs }: { readonly stores: Stores; readonly blobs: BlobStore },
  folder: string,
): Promise<ServedModel> {
  const commit = await commitFiles(folder);
  await stores.projects.put({
    name: project,
    repo: folder,
    ref: 'main',
    commit,
    config: projectFile as never,
  });
  const version = await registerVersion(stores, blobs, commit);
  await stores.endpoints.declare(project, commit, [declared(name.endpoint)], 'bench');
  const { release } = await stores.releases.create(newRelease(name, 'first'));
  await stores.endpoints.recordLive(liveOf(wantedOf(name, 1), release.id, 0), 'bench');
  await stores.watches.declare(project, commit, [{ endpoint: name.endpoint, config: watch }], 'bench');
  const profile = await blobs.putJson(makeProfile(referenceInput(watch)));
  const rule = referenceRule(watch);
  await stores.watches.putReference({ project, model, version: version.version, rule }, profile);
  const tensor = (of: string) => ({ name: of, type: 'float32', shape: [-1, 1] }) as const;
  return {
    ...{ id: '00000000-0000-8000-a000-000000000001', project, endpoint: `${project}/${name.endpoint}` },
    ...{ model, version: String(version.version), modelDigest: version.file.sha256 },
    interface: { inputs: inputs.map(tensor), outputs: [tensor(output)] },
  };
}

async function registerVersion(stores: Stores, blobs: BlobStore, commit: string) {
  const subject = { ...stores, project };
  await prepareDataset(subject);
  const made = await prepareVersion(subject, 'served');
  const report = await blobs.putJson({ evaluation: { threshold: 0.5 } });
  const evaluationId = 'evaluation-that-can-be-read';
  await stores.registry.putEvaluation({
    ...{ id: evaluationId, runId: made.runId, modelDigest: made.file.sha256 },
    ...{ datasetDigest: digestOf('d'), report, metrics: { auc: 0.75 } },
  });
  return stores.registry.register({ ...made, commit, evaluationId });
}

async function commitFiles(folder: string): Promise<string> {
  await mkdir(join(folder, 'delay'), { recursive: true });
  await writeFile(join(folder, 'ratchet.project.yaml'), stringify(projectFile));
  await writeFile(join(folder, 'delay/ratchet.yaml'), stringify(modelFile));
  return commitAll(folder);
}
