import { type Command, Option } from 'commander';
import { percentText } from '../domain/percent-text.js';
import { type TrafficStep, trafficSteps } from '../domain/serving/traffic-steps.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { printJson, printLine, printTable } from './print.js';
import { splitName } from './split-name.js';

type Traffic = components['schemas']['Traffic'];
type Counted = Omit<Traffic['points'][number], 'from' | 'model' | 'version'>;

interface TrafficOptions extends GatewayOptions {
  readonly step: TrafficStep;
  readonly from?: string;
  readonly to?: string;
}

/** `ratchet monitor traffic`. */
export function registerTraffic(monitor: Command): void {
  gatewayCommand(monitor, 'traffic <endpoint>', {
    about: 'what the servers of an endpoint answered and what not, and how long it took',
    example: 'ratchet monitor traffic flights/web --step minute',
  })
    .addOption(new Option('--step <step>', 'of which length').choices(trafficSteps).default('hour'))
    .option('--from <instant>', 'from then on, as ISO-8601; else the last 60 minutes, 24 hours or 30 days')
    .option('--to <instant>', 'until then; else until this moment')
    .action(async (text: string, { step, from, to, ...options }: TrafficOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const query = { step, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const params = { path: { project, endpoint: name }, query };
      const found = await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}/traffic', { params }));
      if (options.json) return printJson(found);
      printTraffic(found);
    });
}

function printTraffic({ step, from, to, points }: Traffic): void {
  printTable(
    [step, 'version', 'answered', 'rows', 'refused', 'failed', 'mean', 'p50', 'p95', 'p99'],
    points.map((of) => [
      ...[of.from.slice(0, 16), of.version, of.answered, of.rows, of.refused, failedText(of)],
      ...[of.meanMs, of.p50Ms, of.p95Ms, of.p99Ms].map(millisecondsText),
    ]),
    `nothing was asked from ${from} to ${to}`,
  );
  const [last] = points.slice(-1);
  const custom = Object.entries(last?.custom ?? {});
  if (last === undefined || custom.length === 0) return;
  printLine();
  printTable(
    [`what the application counted, ${step} of ${last.from.slice(0, 16)}`, 'kind', 'value'],
    custom.map(([series, { kind, count, sum, last: newest }]) => [
      series,
      kind,
      { counter: sum, gauge: newest, histogram: sum / count }[kind].toPrecision(4),
    ]),
    '',
  );
}

/** In one line; undefined for no traffic. */
export function trafficLine(of: Counted | null): string | undefined {
  if (of === null) return undefined;
  const { answered, refused, p50Ms, p99Ms } = of;
  const asked = `${answered} answered${refused > 0 ? `, ${refused} refused` : ''}, ${failedText(of) || '0'} failed`;
  return p50Ms === null ? asked : `${asked}; p50 ${millisecondsText(p50Ms)}, p99 ${millisecondsText(p99Ms)}`;
}

function failedText({ failed, failedShare }: Counted): string {
  return failed === 0 || failedShare === null ? '' : `${failed} (${percentText(failedShare)})`;
}

const millisecondsText = (ms: number | null): string | undefined =>
  ms === null ? undefined : `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
