import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { printDataset } from './dataset-print.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { ago, printFacts, printJson, printLine, printTable } from './print.js';
import { registerDatasetPull } from './pull-commands.js';
import { splitName, splitVersion } from './split-name.js';

const one = '/api/v1/datasets/{project}/{name}/{version}';

/** `ratchet dataset list|show|diff|tag|rebuild|pull`. */
export function registerDatasetCommands(program: Command): void {
  const dataset = program
    .command('dataset')
    .description('dataset versions: immutable, traced, rebuildable')
    .addHelpText('after', '\nExample:\n  ratchet dataset list --help');
  for (const register of [registerList, registerShow, registerDiff, registerTag, registerRebuild])
    register(dataset);
  registerDatasetPull(dataset);
}

function registerList(dataset: Command): void {
  gatewayCommand(dataset, 'list [dataset]', {
    about: 'versions, newest first',
    example: 'ratchet dataset list flights/late-arrival',
  }).action(async (name: string | undefined, options: GatewayOptions) => {
    const client = await openClient(options);
    const query = name === undefined ? {} : splitName(name, 'dataset');
    const found = await answered(client.GET('/api/v1/datasets', { params: { query } }));
    if (options.json) return printJson(found);
    printTable(
      ['dataset', 'digest', 'rows', 'set aside', 'tags', 'made'],
      found.datasets.map((row) => [
        `${row.project}/${row.name}@${row.version}`,
        row.digest.slice(0, 12),
        row.rows,
        row.quarantined,
        row.tags.map((tag) => tagText(tag, row.tagRows[tag])).join(', '),
        ago(row.createdAt),
      ]),
      'no dataset yet: a run makes one',
    );
  });
}

const tagText = (tag: string, rows: number | undefined) =>
  rows === undefined ? tag : `${tag} (${rows} rows)`;

function registerShow(dataset: Command): void {
  gatewayCommand(dataset, 'show <dataset@version>', {
    about: 'one version: splits, sources, columns, features, checks, rows set aside',
    example: 'ratchet dataset show flights/late-arrival@1',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET(one, { params: { path: splitVersion(text, 'dataset') } }));
    if (options.json) return printJson(found);
    printDataset(found);
  });
}

function registerDiff(dataset: Command): void {
  gatewayCommand(dataset, 'diff <from@version> <to@version>', {
    about: 'what changed between two versions of a dataset',
    example: 'ratchet dataset diff flights/late-arrival@1 flights/late-arrival@2',
  }).action(async (from: string, to: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const path = splitVersion(from, 'dataset');
    const other = splitVersion(to, 'dataset');
    if (other.project !== path.project || other.name !== path.name) {
      throw new RatchetError(
        'NAME_INVALID',
        `${from} and ${to} are versions of different datasets; a diff takes two versions of one`,
      );
    }
    const params = { path, query: { with: other.version } };
    const found = await answered(client.GET(`${one}/diff`, { params }));
    if (options.json) return printJson(found);
    printTable(
      ['what', `version ${found.from}`, `version ${found.to}`],
      found.changes.map((change) => [change.what, change.from, change.to]),
      'nothing differs',
    );
  });
}

function registerTag(dataset: Command): void {
  gatewayCommand(dataset, 'tag <dataset@version> <tag>', {
    about: 'name a version, or with --where a subset of its rows',
    example: 'ratchet dataset tag flights/late-arrival@1 jfk --where "origin = \'JFK\'"',
  })
    .option('--where <condition>', 'a condition over the columns')
    .action(async (text: string, tag: string, options: GatewayOptions & { where?: string }) => {
      const client = await openClient(options);
      const body = { tag, ...(options.where === undefined ? {} : { where: options.where }) };
      const params = { path: splitVersion(text, 'dataset') };
      const found = await answered(client.POST(`${one}/tags`, { params, body }));
      if (options.json) return printJson(found);
      const named = `${found.project}/${found.name}@${found.version}`;
      const rows = found.tagRows[tag];
      printLine(
        rows === undefined ? `${named} is tagged ${tag}` : `${rows} rows of ${named} are tagged ${tag}`,
      );
    });
}

function registerRebuild(dataset: Command): void {
  gatewayCommand(dataset, 'rebuild <dataset@version>', {
    about: 'build a version again from what was collected then, and compare the digests',
    example: 'ratchet dataset rebuild flights/late-arrival@1',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: splitVersion(text, 'dataset') };
    const found = await answered(client.POST(`${one}/rebuild`, { params }));
    if (options.json) printJson(found);
    else {
      printFacts([
        ['version', found.version],
        ['stored digest', found.digest],
        ['rebuilt digest', found.rebuiltDigest],
        ['equal', found.equal ? 'yes' : 'no'],
      ]);
    }
    if (!found.equal) throw new RatchetError('DATASET_CHANGED', `${text} was not rebuilt row for row`);
  });
}
