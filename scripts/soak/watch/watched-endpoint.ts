import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { referenceRule } from '../../../activities/monitoring/reference-of.js';
import { type MonitoringConfig, monitoringSchema } from '../../../domain/config/monitoring.js';
import { projectConfig } from '../../../domain/config/project.js';
import { triggersSchema } from '../../../domain/config/triggers.js';
import { makeProfile } from '../../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { ServedModel } from '../../../domain/ports/predictions.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { prepareDataset, prepareVersion } from '../../../test/conformance/model-registry-subject.js';
import { declared, liveOf, newRelease, wantedOf } from '../../../test/conformance/serving-subject.js';
import { commitAll } from '../../bench/commit-all.js';
import type { OpenPlace } from './place.js';
import { usualValues } from './planned-days.js';

export const coolDownDays = 40;
export const model = 'delay';
const referenceRows = 3000;

/** Windows of a day; limits that no clean window of a seed passes: here nothing is learned about chance. */
const monitoring = monitoringSchema.parse({
  windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
  truth: { every: '1 day', from: '1970-01-01', lateness: '3 days', idle: '5 days', leastRows: 100 },
  drift: { floor: 0.15 },
});

const modelFile = {
  version: 1,
  model,
  purpose: {
    intendedUse: 'trying out a watch',
    prohibitedUses: ['anything else'],
    affectedGroups: ['nobody'],
    sensitiveColumns: [],
  },
  dataset: {
    ...{ name: 'flights', tables: ['flights'], examples: 'examples.sql', key: ['id'], label: 'late' },
    split: { by: 'hash', validation: 0.2, test: 0.2 },
  },
  training: { path: '.', command: ['true'], environment: { kind: 'none' }, algorithm: 'any' },
  evaluation: {
    ...{ task: 'classification', inputs: ['x', 'y', 'kind'], output: 'score', primary: 'rocAuc' },
  },
};

/** A project with one version that is live at one endpoint, which is watched. */
export async function makeWatched(
  { stores, blobs }: OpenPlace,
  project: string,
  folder: string,
): Promise<{ readonly name: EndpointName; readonly served: ServedModel }> {
  const file = { version: 1 as const, project, models: [{ name: model, path: model }], sources: {} };
  const repo = join(folder, project);
  await mkdir(join(repo, model), { recursive: true });
  await writeFile(join(repo, 'ratchet.project.yaml'), stringify(file));
  await writeFile(join(repo, model, 'ratchet.yaml'), stringify(modelFile));
  const commit = await commitAll(repo);
  const { projects, registry, endpoints, releases, modelLines, watches } = stores;
  await projects.put({ name: project, repo, ref: 'main', commit, config: projectConfig(file) });
  const triggers = triggersSchema.parse({ handling: { coolDown: `${coolDownDays} days` } });
  await modelLines.put(project, [{ project, model, path: model, commit, owner: null, triggers, parts: [] }]);
  const subject = { ...stores, project };
  await prepareDataset(subject);
  const report = await blobs.putJson({ evaluation: { threshold: 0.5 } });
  const prepared = await prepareVersion(subject, 'served');
  const evaluationId = `judged-${project}`;
  const evaluation = await registry.evaluation(prepared.evaluationId);
  await registry.putEvaluation({ ...evaluation, id: evaluationId, report });
  const version = await registry.register({ ...prepared, commit, evaluationId });
  const name = { project, endpoint: 'web' };
  await endpoints.declare(project, commit, [declared(name.endpoint)], 'ann');
  const { release } = await releases.create(newRelease(name, 'first'));
  await endpoints.recordLive(liveOf(wantedOf(name, 1), release.id, 0), 'ann');
  await watches.declare(project, commit, [{ endpoint: name.endpoint, config: monitoring }], 'ann');
  const of = { project, model, version: 1, rule: referenceRule(monitoring) };
  await watches.putReference(of, await blobs.putJson(profileOf(monitoring)));
  const tensors = { inputs: [], outputs: [] };
  const facts = { project, endpoint: `${project}/${name.endpoint}`, model, version: '1' };
  const id = `01234567-89ab-8cde-a123-${Buffer.from(project.padEnd(6, '-')).toString('hex').slice(-12)}`;
  return { name, served: { id, ...facts, modelDigest: version.file.sha256, interface: tensors } };
}

function profileOf({ drift, detectors }: MonitoringConfig): ReferenceProfile {
  const random = seededRandom(5);
  const rows = Array.from({ length: referenceRows }, () => usualValues(random));
  const numbers = (of: 'x' | 'y') => Float64Array.from(rows, ({ inputs }) => inputs[of]);
  const labels = Float64Array.from(rows, ({ truth }) => Number(truth));
  const scores = Float64Array.from(rows, ({ score }) => score);
  const { concept } = detectors;
  return makeProfile({
    detectors,
    columns: {
      x: { kind: 'numeric', values: numbers('x') },
      y: { kind: 'numeric', values: numbers('y') },
      kind: { kind: 'categorical', values: rows.map(({ inputs }) => inputs.kind) },
    },
    ...{ windows: [], labels, floor: drift.floor, validationFrom: referenceRows * 0.8 },
    test: { task: 'classification', primary: 'rocAuc', threshold: 0.5, concept, labels, scores },
  });
}
