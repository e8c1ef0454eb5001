import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Evaluation, SplitEvaluation } from '../domain/metrics/evaluation.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printTable } from './print.js';
import { splitVersion } from './split-name.js';

/** The numbers that a chart is drawn from, by its name; each is of one split. */
const numbers: Readonly<Record<string, (split: SplitEvaluation) => unknown>> = {
  'confusion-matrix': ({ confusion }) => confusion,
  'roc-curve': ({ curves }) => curves?.roc,
  'precision-recall-curve': ({ curves }) => curves?.precisionRecall,
  'calibration-curve': ({ curves }) => curves?.calibration,
  'residual-histogram': ({ curves }) => curves?.residuals,
};

/** A file of the evaluation, and what it holds. */
interface ChartFile {
  readonly name: string;
  readonly text: string;
}

/** `ratchet model charts`. */
export function registerChartsCommand(model: Command): void {
  gatewayCommand(model, 'charts <model@version>', {
    about: 'writes the curves and the confusion matrix of the evaluation to files, as SVG and as JSON',
    example: 'ratchet model charts flights/late-arrival@1 --to charts',
  })
    .option('--to <folder>', 'made where it is not there; files of the same names are replaced', 'charts')
    .action(async (text: string, options: GatewayOptions & { to: string }) => {
      const client = await openClient(options);
      const { project, name, version } = splitVersion(text, 'model');
      const params = { path: { project, model: name, version } };
      const { evaluation, charts } = await answered(
        client.GET('/api/v1/models/{project}/{model}/{version}/evaluation', { params }),
      );
      const files = [
        ...charts.map((chart) => ({ name: `${fileName(chart.name)}.svg`, text: chart.svg })),
        // The gateway's document leaves the shape of an evaluation to the code that makes it.
        ...numberFiles(evaluation as unknown as Evaluation),
      ].sort((one, other) => (one.name < other.name ? -1 : 1));
      const folder = resolve(options.to);
      await mkdir(folder, { recursive: true });
      for (const file of files) await writeFile(join(folder, file.name), file.text);
      const written = files.map(({ name: file, text: held }) => ({ file, bytes: Buffer.byteLength(held) }));
      if (options.json) return printJson({ folder, files: written });
      printTable(
        [folder, 'bytes'],
        written.map(({ file, bytes }) => [file, bytes]),
        'this evaluation has neither curves nor a confusion matrix',
      );
    });
}

/** One file for each chart that a split has numbers for, with those of every split; slices are of test. */
function numberFiles({ splits, slices }: Evaluation): ChartFile[] {
  const bySlice = slices.length === 0 ? [] : [jsonFile('slices', slices)];
  const byChart = Object.entries(numbers).flatMap(([chart, of]) => {
    const bySplit = Object.entries(splits).map(([split, held]) => [split, of(held)] as const);
    const there = bySplit.filter(([, held]) => held !== undefined);
    if (there.length === 0) return [];
    return [jsonFile(chart, Object.fromEntries(there))];
  });
  return [...byChart, ...bySlice];
}

function jsonFile(chart: string, held: unknown): ChartFile {
  return { name: `${chart}.json`, text: `${JSON.stringify(held, null, 2)}\n` };
}

/** A name that comes over the wire must not lead out of the folder. */
function fileName(name: string): string {
  if (/^[a-z][a-z0-9-]{0,62}$/.test(name)) return name;
  throw new RatchetError('INTERNAL', `${JSON.stringify(name)} is no name for a file of a chart`);
}
