import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { digestOf, manifestOf } from '../conformance/dataset-manifest.js';
import { viewConfig } from '../conformance/feature-store.js';
import { prepareVersion } from '../conformance/model-registry-subject.js';
import type { GatewayRoom } from './gateway-room.js';

/** Version 1 of model `delay`, with a dataset `flights`, a feature view `planes`, and a card in the bucket. */
export async function registerModel(
  { deps }: GatewayRoom,
  project: string,
  card: { readonly card: object; readonly markdown: string },
): Promise<ModelVersionRecord> {
  const { features, datasets, registry, blobs, runs } = deps;
  await features.declare(project, viewConfig('planes'), digestOf('a'), 'c'.repeat(40));
  const vectors = await blobs.putBytes(new Uint8Array([1]));
  const planes = { name: 'planes', version: 1, digest: digestOf('a'), vectors, reused: false };
  const manifest = manifestOf(project, 'd', { features: [planes] });
  await datasets.publish(manifest, await blobs.putJson(manifest), null);
  const version = await prepareVersion({ registry, datasets, features, runs, project }, 'run');
  return registry.register({ ...version, card: await blobs.putJson(card) });
}
