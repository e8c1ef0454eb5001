import { join } from 'node:path';
import type { ApplicationApi } from '../../domain/contract/application-api.js';
import { stockApi } from '../../domain/contract/stock-api.js';
import type { BuiltRelease } from '../../domain/lifecycle/release-serving.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { predictModelRows } from '../../inference/codec/model-rows.js';
import { note, reportProgress } from '../steps/current-step.js';
import { describedIn, readBundle } from './application/bundle-files.js';
import { checkApi, checkContract } from './application/check-contract.js';
import type { BuildDeps } from './deps.js';
import { inFolder } from './in-folder.js';
import { launchOf } from './launch-of.js';
import { liveRevision } from './live-revision.js';
import { type SampleRows, sampleRows } from './sample-rows.js';
import { withVersionModel } from './version-model.js';

type Deps = Pick<
  BuildDeps,
  'blobs' | 'datasets' | 'endpoints' | 'launcher' | 'registry' | 'takeHost' | 'workDir'
>;

/**
 * Holds what is released against the model that it is released with, and against the clients of what is live. The stock
 * application answers with the model's interface, so that only the second is asked. Errors: `API_BROKEN`, field by field;
 * `APPLICATION_FAILED`.
 */
export async function holdContract(deps: Deps, input: BuiltRelease, signal: AbortSignal): Promise<void> {
  const { project, plan, built } = input;
  const version = await deps.registry.get(project, plan.model, String(plan.modelVersion));
  await inFolder(
    deps.workDir,
    'contract',
    async (folder) => {
      const live = await liveApi(deps, input, folder);
      const at = { folder, live, signal };
      note(
        built.bundle === null
          ? told(checkApi(live, apiOf(version)), 'it answers with the interface of its model')
          : await askApplication(deps, { ...input, version, bundle: built.bundle }, at),
      );
    },
    { isOpen: true },
  );
}

type About = BuiltRelease & { readonly version: ModelVersionRecord; readonly bundle: BlobRef };

async function askApplication(
  deps: Deps,
  { project, releaseId, plan, version, bundle }: About,
  {
    folder,
    live,
    signal,
  }: { readonly folder: string; readonly live: ApplicationApi | null; readonly signal: AbortSignal },
): Promise<string> {
  const bundlePath = join(folder, 'application.tar');
  await deps.blobs.fetchFile(bundle, bundlePath);
  const samples = rowsOf(await sampleRows(deps, { project, dataset: plan.samples.dataset, folder }));
  reportProgress(`asking the application for ${samples.length} rows`);
  const report = await withVersionModel(deps, version, { folder, signal }, (model) => {
    const about = {
      ...{ name: version.model, version: String(version.version), interface: model.interface },
      predict: (rows: readonly Readonly<Record<string, unknown>>[]) => predictModelRows(model, rows),
    };
    const question = { bundlePath, model: about, samples, live };
    return checkContract(deps, question, { folder, launch: launchOf(releaseId), signal });
  });
  const { api, examples, samples: asked, declaredBreaks } = report;
  return told(
    declaredBreaks,
    `API ${api.version}: ${examples} examples and ${asked} real rows were answered`,
  );
}

function told(declaredBreaks: readonly string[], words: string): string {
  return declaredBreaks.length === 0
    ? words
    : `${words}; it breaks, as it says: ${declaredBreaks.join('; ')}`;
}

/** What clients of the endpoint send and get at this moment; null where nothing is live. */
async function liveApi(
  { blobs, endpoints, registry }: Deps,
  { project, endpoint, plan }: BuiltRelease,
  folder: string,
): Promise<ApplicationApi | null> {
  const live = await liveRevision(endpoints, { project, endpoint });
  if (live === undefined) return null;
  const { application, models } = live.wanted;
  if (application === null) {
    const model = models.find(({ version }) => version === live.modelVersion)?.model ?? plan.model;
    return apiOf(await registry.get(project, model, String(live.modelVersion)));
  }
  const bundlePath = join(folder, 'live.tar');
  await blobs.fetchFile(application, bundlePath);
  return describedIn(await readBundle(bundlePath)).api;
}

/** The interface was read from the file by the platform when it was judged. */
const apiOf = (version: ModelVersionRecord) => stockApi(version.interface as OnnxInterface);

/** Null is what JSON has for NaN. */
function rowsOf({ columns, count }: SampleRows): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values]) => {
        const value = values[row] ?? null;
        return [name, Number.isNaN(value) ? null : value];
      }),
    ),
  );
}
