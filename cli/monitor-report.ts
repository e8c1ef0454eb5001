import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitName } from './split-name.js';

/** `ratchet monitor report`. */
export function registerReport(monitor: Command): void {
  gatewayCommand(monitor, 'report <endpoint>', {
    about: 'the last windows and incidents as one page of HTML, with charts and their numbers',
    example: 'ratchet monitor report flights/web --out report.html',
  })
    .option('--out <file>', 'where the page is written; a file of the name is replaced', 'monitoring.html')
    .action(async (text: string, { out, ...options }: GatewayOptions & { readonly out: string }) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const params = { path: { project, endpoint: name } };
      const path = '/api/v1/endpoints/{project}/{endpoint}/monitoring/report';
      const { html, charts, madeAt } = await answered(client.GET(path, { params }));
      const file = resolve(out);
      await write(file, html);
      if (options.json)
        return printJson({
          file,
          bytes: Buffer.byteLength(html),
          madeAt,
          charts: charts.map((of) => of.name),
        });
      printLine(`${file} has ${charts.length} charts`);
    });
}

/** What is in it is for who asked for it. */
async function write(file: string, html: string): Promise<void> {
  try {
    await writeFile(file, html, { mode: 0o600 });
  } catch (cause) {
    throw new RatchetError(
      'SETTING_INVALID',
      `--out names no file that can be written: ${messageOf(cause)}`,
      {},
      { cause },
    );
  }
}
