import type { ModelConfig } from '../../domain/config/model.js';
import type { IngestDatasetResult } from '../../domain/lifecycle/ingest-dataset.js';
import { stepNames } from '../../domain/lifecycle/step-names.js';
import type { RunPlan } from '../../domain/lifecycle/train-model.js';
import type { GatewayDeps } from '../deps.js';

/** One run's side of a comparison. */
export type Facts = Readonly<Record<string, string | number | null>>;

type Deps = Pick<GatewayDeps, 'blobs' | 'runs'>;

/** Steps whose digests say more than the plan does. */
const told: readonly string[] = [stepNames.trainCandidate, stepNames.evaluateCandidate];

/** What a run was made of in words of its configuration; nothing where it came to no plan. */
export async function plannedFacts(deps: Deps, id: string): Promise<Facts> {
  const plan = await resultOf<RunPlan>(deps, id, stepNames.prepareRun);
  if (plan === undefined) return {};
  const { training, evaluation } = (await deps.blobs.getJson(plan.configuration)) as ModelConfig;
  const { algorithm, hyperparameters, seed, accelerator } = training;
  const made =
    plan.dataset.hit ??
    (await resultOf<IngestDatasetResult>(deps, id, stepNames.publishDataset)) ??
    (await resultOf<IngestDatasetResult | null>(deps, id, stepNames.awaitDataset));
  return {
    dataset: made ? `${made.name}@${made.version}` : null,
    algorithm,
    ...Object.fromEntries(
      Object.entries(hyperparameters).map(([name, value]) => [`hyperparameters.${name}`, scalar(value)]),
    ),
    seed,
    accelerator,
    inputs: evaluation.inputs.join(', '),
  };
}

/** What training and evaluation depended on; enough of each digest to see that two differ. */
export async function digestFacts({ runs }: Deps, id: string): Promise<Facts> {
  const steps = (await runs.steps(id)).filter(({ name }) => told.includes(name));
  return Object.fromEntries(
    steps.flatMap(({ name, inputs }) =>
      Object.entries(inputs).map(([part, digest]) => [`${name}: ${part}`, digest.slice(0, 12)] as const),
    ),
  );
}

/** These steps store their result under no inputs: it is what the newest attempt found. */
async function resultOf<T>({ runs }: Deps, id: string, step: string): Promise<T | undefined> {
  return (await runs.storedResult(id, step, {}))?.result as T | undefined;
}

function scalar(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
