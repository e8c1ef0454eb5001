import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { ServedCounts } from '../../domain/ports/served-minutes.js';
import {
  failedShare,
  latencyQuantileMs,
  mergeBy,
  mergeCounts,
  spansOf,
} from '../../domain/serving/served-spans.js';
import type { TrafficStep } from '../../domain/serving/traffic-steps.js';
import type { GatewayDeps } from '../deps.js';
import type { ServedHour } from '../pages/served-charts.js';
import type { countedTraffic, trafficQuery, trafficSchema } from '../shapes/traffic.js';

type Deps = Pick<GatewayDeps, 'endpoints' | 'servedMinutes'>;
type Counted = z.infer<typeof countedTraffic>;

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
/** How long a step is, how far back one looks who does not say, and what it is read from. */
const steps = {
  minute: { ms: minuteMs, usualMs: hourMs, from: 'minute' },
  hour: { ms: hourMs, usualMs: dayMs, from: 'hour' },
  day: { ms: dayMs, usualMs: 30 * dayMs, from: 'hour' },
} as const satisfies Record<TrafficStep, object>;
const reportedMs = 7 * dayMs;
/** Steps that are told at once. */
const mostSteps = 1500;

/** Errors: `ENDPOINT_NOT_FOUND`, `REQUEST_INVALID` for a span that is none or has too many steps. */
export async function endpointTraffic(
  deps: Deps,
  name: EndpointName,
  asked: z.infer<typeof trafficQuery> & { readonly now: string },
): Promise<z.infer<typeof trafficSchema>> {
  await deps.endpoints.get(name);
  const { ms, from: table } = steps[asked.step];
  const span = spanOf(asked);
  const points = await deps.servedMinutes.points(name, table, span);
  const told = spansOf(points, ms).flatMap(({ from, points: within }) =>
    mergeBy(within, ({ model, version }) => [model, version]).map((of) => ({
      ...{ from, model: of.model, version: of.version },
      ...toldCounts(of),
    })),
  );
  return { ...name, step: asked.step, ...span, points: told };
}

/** All versions together in the hour and the day before; null where nothing was asked. */
export async function recentTraffic(
  { servedMinutes }: Pick<Deps, 'servedMinutes'>,
  name: EndpointName,
  now: string,
) {
  const since = async (table: 'minute' | 'hour', ms: number): Promise<Counted | null> => {
    const from = new Date(Date.parse(now) - ms).toISOString();
    const counts = mergeCounts(await servedMinutes.points(name, table, { from, to: now }));
    return counts === null ? null : toldCounts(counts);
  };
  const [lastHour, lastDay] = await Promise.all([since('minute', hourMs), since('hour', dayMs)]);
  return { lastHour, lastDay };
}

/** The last seven days by the hour, all versions together and under the one that answered most. */
export async function recentHours(
  { servedMinutes }: Pick<Deps, 'servedMinutes'>,
  name: EndpointName,
  now: string,
): Promise<readonly ServedHour[]> {
  const from = new Date(Date.parse(now) - reportedMs).toISOString();
  return spansOf(await servedMinutes.points(name, 'hour', { from, to: now }), hourMs).flatMap((span) => {
    const counts = mergeCounts(span.points);
    const [most] = span.points.toSorted((a, b) => b.answered - a.answered);
    if (counts === null || most === undefined) return [];
    const { answered, refused, failed, p50Ms, p99Ms } = toldCounts(counts);
    const to = new Date(Date.parse(span.from) + hourMs).toISOString();
    const window = { from: span.from, to, modelVersion: Number(most.version) };
    return [{ ...window, answered, refused, failed, p50Ms, p99Ms }];
  });
}

function spanOf({ step, from, to, now }: Parameters<typeof endpointTraffic>[2]) {
  const { ms, usualMs } = steps[step];
  const toMs = Date.parse(to ?? now);
  // A point begins with its step: the span begins there too, or the first one would be half of one.
  const fromMs = Math.floor((from === undefined ? toMs - usualMs : Date.parse(from)) / ms) * ms;
  const span = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const count = Math.ceil((toMs - fromMs) / ms);
  if (count < 1) {
    throw new RatchetError(
      'REQUEST_INVALID',
      `to is ${span.to}: allowed is a time after from, ${span.from}`,
      span,
    );
  }
  if (count > mostSteps) {
    throw new RatchetError(
      'REQUEST_INVALID',
      `the span has ${count} steps of a ${step}: allowed are ${mostSteps}, by a longer step or in parts`,
      { count, step },
    );
  }
  return span;
}

function toldCounts(of: ServedCounts): Counted {
  const { answered, rows, refused, failed, sumMs, custom } = of;
  const quantile = (share: number) => latencyQuantileMs(of, share);
  return {
    ...{ answered, rows, refused, failed, failedShare: failedShare(of) },
    meanMs: answered === 0 ? null : sumMs / answered,
    ...{ p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99) },
    custom: { ...custom },
  };
}
