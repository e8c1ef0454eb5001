import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { ago, printFacts, printJson, printLine, printTable } from './print.js';
import { splitName } from './split-name.js';

/** `ratchet feature list|show`. */
export function registerFeatureCommands(program: Command): void {
  const feature = program
    .command('feature')
    .description('feature views: declared, versioned, stored, used again')
    .addHelpText('after', '\nExample:\n  ratchet feature list --help');
  registerList(feature);
  registerShow(feature);
}

function registerList(feature: Command): void {
  gatewayCommand(feature, 'list', {
    about: 'feature views, newest version of each',
    example: 'ratchet feature list --project flights',
  })
    .option('--project <project>', 'only of this project')
    .action(async (options: GatewayOptions & { project?: string }) => {
      const client = await openClient(options);
      const query = options.project === undefined ? {} : { project: options.project };
      const found = await answered(client.GET('/api/v1/features', { params: { query } }));
      if (options.json) return printJson(found);
      printTable(
        ['view', 'version', 'kind', 'entity', 'columns', 'declared'],
        found.features.map((row) => [
          `${row.project}/${row.name}`,
          row.version,
          row.kind,
          row.entity.join(', '),
          row.columns.join(', '),
          ago(row.createdAt),
        ]),
        'no feature view yet: a run declares those of its model',
      );
    });
}

function registerShow(feature: Command): void {
  gatewayCommand(feature, 'show <view>', {
    about: 'one view: definition, stored vectors, the datasets that use it',
    example: 'ratchet feature show flights/carrier-delays',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const path = splitName(text, 'view');
    const found = await answered(client.GET('/api/v1/features/{project}/{name}', { params: { path } }));
    if (options.json) return printJson(found);
    printView(found);
  });
}

function printView(view: components['schemas']['FeatureDetail']): void {
  printFacts([
    ['view', `${view.project}/${view.name}`],
    ['version', view.version],
    ['kind', view.kind],
    ['entity', view.entity.join(', ')],
    ['columns', view.columns.join(', ')],
    ['digest', view.digest],
    ['commit', view.commit],
  ]);
  printLine();
  printTable(
    ['used by', 'version', 'view version'],
    view.usedBy.map((use) => [use.dataset, use.version, use.viewVersion]),
    'no dataset uses it yet',
  );
  printLine();
  printTable(
    ['vectors', 'view version', 'rows', 'bytes', 'run', 'made'],
    view.vectors.map((row) => [
      row.key.slice(0, 12),
      row.version,
      row.rows,
      row.bytes,
      row.runId,
      ago(row.createdAt),
    ]),
    'no vectors are stored',
  );
}
