import type { z } from '@hono/zod-openapi';
import type { DatasetManifest, DatasetRecord } from '../../domain/ports/datasets.js';
import type { GatewayDeps } from '../deps.js';
import type { datasetDetailSchema, datasetSchema } from '../shapes/datasets.js';

/** The manifest was written by us and its digest is checked by the store. */
export async function manifestOf(deps: GatewayDeps, record: DatasetRecord): Promise<DatasetManifest> {
  return (await deps.blobs.getJson(record.manifest)) as DatasetManifest;
}

export async function datasetDetail(
  deps: GatewayDeps,
  at: { readonly project: string; readonly name: string; readonly version: string },
): Promise<z.infer<typeof datasetDetailSchema>> {
  const record = await deps.datasets.get(at.project, at.name, at.version);
  const [manifest, tags] = await Promise.all([
    manifestOf(deps, record),
    deps.datasets.tags(at.project, at.name),
  ]);
  return {
    ...plainDataset(record),
    adoptedFrom: manifest.adoptedFrom ? { ...manifest.adoptedFrom } : null,
    splits: { ...manifest.rows },
    files: { ...manifest.files },
    quarantine: manifest.quarantine,
    setAside: manifest.quarantined.map((row) => ({ ...row, reasons: { ...row.reasons } })),
    columns: manifest.columns.map((column) => ({ ...column })),
    sources: manifest.sources.map(({ table, source, fingerprint, rows }) => ({
      table,
      source,
      fingerprint,
      rows,
    })),
    features: manifest.features.map(({ name, version, digest, reused }) => ({
      name,
      version,
      digest,
      reused,
    })),
    checks: manifest.checks.map((check) => ({ ...check })),
    subsets: tags.filter(({ version }) => version === record.version).map((tag) => ({ ...tag })),
  };
}

export function plainDataset({
  key: _,
  manifest: __,
  tags,
  tagRows,
  ...record
}: DatasetRecord): z.infer<typeof datasetSchema> {
  return { ...record, tags: [...tags], tagRows: { ...tagRows } };
}
