import { type Command, Option } from 'commander';
import { type MetricName, metricNames } from '../domain/metrics/metric-catalogue.js';
import { type RunStatus, runStatuses } from '../domain/names.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { headlineMetrics } from './headline-metrics.js';
import { openClient } from './open-client.js';
import { ago, duration, printJson, printLine, printTable } from './print.js';
import { splitName } from './split-name.js';
import { wholeNumber } from './whole-number.js';

type Page = components['schemas']['RunPage'];

interface ListOptions extends GatewayOptions {
  readonly status?: RunStatus;
  readonly sort?: MetricName;
  readonly limit: number;
  readonly after?: string;
}

/** Metrics that a table has room for; `--sort` chooses one, `run show` and `run compare` have all. */
const shownMetrics = 3;

/** `ratchet run list`. */
export function registerRunList(run: Command): void {
  gatewayCommand(run, 'list [model]', {
    about: 'runs, newest first or best first by a metric',
    example: 'ratchet run list flights/late-arrival --sort rocAuc',
  })
    .addOption(new Option('--status <status>', 'only runs in this status').choices(runStatuses))
    .addOption(
      new Option('--sort <metric>', 'best first by this metric of the test split').choices(metricNames),
    )
    .option('--limit <count>', 'rows of a page, 1 to 200', wholeNumber, 50)
    .option('--after <cursor>', 'the next page of an earlier answer')
    .action(async (text: string | undefined, options: ListOptions) => {
      const client = await openClient(options);
      const at = text === undefined ? undefined : splitName(text, 'model');
      const query = {
        ...(at ? { project: at.project, model: at.name } : {}),
        ...(options.status === undefined ? {} : { status: options.status }),
        ...(options.sort === undefined ? {} : { sortBy: options.sort }),
        ...(options.after === undefined ? {} : { after: options.after }),
        limit: options.limit,
      };
      const page = await answered(client.GET('/api/v1/runs', { params: { query } }));
      if (options.json) return printJson(page);
      printPage(page, options.sort);
      if (page.next !== null) printLine(`more: ${nextCommand(text, options, page.next)}`);
    });
}

function printPage({ runs }: Page, sort: MetricName | undefined): void {
  const metrics = sort === undefined ? headlineMetrics(runs, shownMetrics) : [sort];
  printTable(
    ['run', 'model', 'variant', 'status', 'step', ...metrics, 'started', 'took'],
    runs.map((row) => [
      row.id,
      `${row.project}/${row.model}`,
      row.variant,
      row.status,
      row.endedAt === null ? row.step : null,
      ...metrics.map((metric) => row.metrics[metric]),
      ago(row.createdAt),
      row.endedAt === null ? null : duration(Date.parse(row.endedAt) - Date.parse(row.createdAt)),
    ]),
    'no run: ratchet run start <project>/<model>',
  );
}

/** The same list, further on. */
function nextCommand(text: string | undefined, { status, sort, limit }: ListOptions, next: string): string {
  return [
    'ratchet run list',
    ...(text === undefined ? [] : [text]),
    ...(status === undefined ? [] : [`--status ${status}`]),
    ...(sort === undefined ? [] : [`--sort ${sort}`]),
    `--limit ${limit}`,
    `--after ${next}`,
  ].join(' ');
}
