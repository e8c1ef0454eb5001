import type { z } from '@hono/zod-openapi';
import type { ValueConfig } from '../../domain/config/value.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { stepNames } from '../../domain/lifecycle/step-names.js';
import { valueAgainstCost } from '../../domain/monitoring/value/value-against-cost.js';
import { valueOverWindows } from '../../domain/monitoring/value/value-over-windows.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { JudgedWindow } from '../../domain/ports/watches.js';
import type { GatewayDeps } from '../deps.js';
import type { endpointValueSchema } from '../shapes/value.js';

type Deps = Pick<GatewayDeps, 'endpoints' | 'runs' | 'watches'>;

export interface AskedSpan {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly now: string;
}

/** Windows that are added up at once. */
const mostWindows = 2000;

/**
 * Value against cost in a span; without one, of the windows that are kept. Errors: `ENDPOINT_NOT_FOUND`, `NOT_FOUND` where
 * no value is declared, `REQUEST_INVALID` for a span that is none or has too many windows.
 */
export async function endpointValue(
  deps: Deps,
  name: EndpointName,
  asked: AskedSpan,
): Promise<z.infer<typeof endpointValueSchema>> {
  const { model } = await deps.endpoints.get(name);
  const declared = (await deps.watches.get(name))?.config.value;
  if (declared === undefined) throw notDeclared(name, model);
  return { ...name, model, unit: declared.unit, ...(await valueIn(deps, { name, model, declared }, asked)) };
}

/** The same, and null where no value is declared. */
export async function declaredValue(deps: Deps, name: EndpointName, now: string) {
  const declared = (await deps.watches.get(name))?.config.value;
  return declared === undefined ? null : endpointValue(deps, name, { now });
}

async function valueIn(
  { endpoints, runs, watches }: Deps,
  of: { readonly name: EndpointName; readonly model: string; readonly declared: ValueConfig },
  asked: AskedSpan,
) {
  const { name, model, declared } = of;
  const { costs, ...by } = declared;
  const [since, before] = [utc(asked.from), utc(asked.to)];
  if (since !== undefined && before !== undefined && since >= before)
    throw invalid(`to is ${asked.to}: allowed is a time after from, ${asked.from}`);
  const begun = await watches.windows(name, 'truth', {
    limit: mostWindows + 1,
    ...(since === undefined ? {} : { since }),
    ...(before === undefined ? {} : { before }),
  });
  if (since !== undefined && begun.length > mostWindows)
    throw invalid(`the span has more than ${mostWindows} windows of truth: allowed is a shorter one`);
  const windows = begun.slice(0, mostWindows).filter(({ to }) => before === undefined || to <= before);
  const span = spanOf(windows, { since, before, now: asked.now });
  const [training, serving] = await Promise.all([
    runs.timeOfStep({ project: name.project, model, step: stepNames.trainCandidate, ...span }),
    endpoints.servedTime(name, span),
  ]);
  return { ...span, ...valueAgainstCost(valueOverWindows(windows, by), costs, { training, serving }) };
}

/** Without windows there is no span but what was asked for. */
function spanOf(
  windows: readonly JudgedWindow[],
  { since, before, now }: { since: string | undefined; before: string | undefined; now: string },
) {
  const to = before ?? windows[0]?.to ?? latest(now, since);
  return { from: since ?? windows.at(-1)?.from ?? to, to };
}

const latest = (one: string, other: string | undefined) => (other === undefined || one > other ? one : other);

const utc = (text: string | undefined) => (text === undefined ? undefined : new Date(text).toISOString());

const invalid = (message: string) => new RatchetError('REQUEST_INVALID', message);

function notDeclared({ project, endpoint }: EndpointName, model: string): RatchetError {
  return new RatchetError(
    'NOT_FOUND',
    `endpoint "${endpoint}" of project "${project}" has no value: what a row is worth stands as "value" in the ratchet.yaml of model "${model}", and there is none`,
    { project, endpoint, model },
  );
}
