import type { Command } from 'commander';
import { printableText } from '../domain/printable.js';
import { answered } from './answered.js';
import { registerChampionCommands } from './champion-commands.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { headlineMetrics } from './headline-metrics.js';
import { registerHoldCommands } from './hold-commands.js';
import { registerModelBundle } from './model-bundle/register-bundle.js';
import { registerChartsCommand } from './model-charts.js';
import { openClient } from './open-client.js';
import { ago, printJson, printLine, printTable } from './print.js';
import { registerModelPull } from './pull-commands.js';
import { splitName, splitVersion } from './split-name.js';

/** Metrics that a table has room for; all of them are in the model card. */
const shownMetrics = 4;

/** `ratchet model list|show|pull|bundle|charts`, what moves versions, and what stops runs. */
export function registerModelCommands(program: Command): void {
  const model = program
    .command('model')
    .description('model versions: everything that can be traced, and nothing else')
    .addHelpText('after', '\nExample:\n  ratchet model list --help');
  registerList(model);
  registerShow(model);
  registerModelPull(model);
  registerModelBundle(model);
  registerChampionCommands(model);
  registerChartsCommand(model);
  registerHoldCommands(model);
}

function registerList(model: Command): void {
  gatewayCommand(model, 'list [model]', {
    about: 'versions, newest first, with their test metrics',
    example: 'ratchet model list flights/late-arrival',
  }).action(async (text: string | undefined, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/models', { params: { query: modelQuery(text) } }));
    if (options.json) return printJson(found);
    const metrics = headlineMetrics(found.models, shownMetrics);
    printTable(
      ['model', 'alias', 'algorithm', 'dataset', 'commit', ...metrics, 'registered'],
      found.models.map((row) => [
        `${row.project}/${row.model}@${row.version}`,
        row.alias,
        row.algorithm,
        `${row.dataset.name}@${row.dataset.version}`,
        row.commit.slice(0, 12),
        ...metrics.map((metric) => row.metrics[metric]),
        ago(row.createdAt),
      ]),
      'no model version yet: ratchet run start <project>/<model>',
    );
  });
}

function registerShow(model: Command): void {
  gatewayCommand(model, 'show <model@version>', {
    about: 'the model card of one version',
    example: 'ratchet model show flights/late-arrival@1',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const { project, name, version } = splitVersion(text, 'model');
    const path = { project, model: name, version };
    const found = await answered(
      client.GET('/api/v1/models/{project}/{model}/{version}', { params: { path } }),
    );
    if (options.json) return printJson(found);
    printLine(printableText(found.cardMarkdown));
  });
}

function modelQuery(text: string | undefined): { project?: string; model?: string } {
  if (text === undefined) return {};
  const { project, name } = splitName(text, 'model');
  return { project, model: name };
}
