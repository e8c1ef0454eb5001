import type { Command } from 'commander';
import { Option } from 'commander';
import { type IncidentKind, incidentKinds } from '../domain/monitoring/incident-kinds.js';
import { valueHeadlines } from '../domain/monitoring/value/value-words.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { registerExport } from './monitor-export.js';
import { printMonitoring } from './monitor-print.js';
import { registerReport } from './monitor-report.js';
import { registerTraffic } from './monitor-traffic.js';
import { registerValue } from './monitor-value.js';
import { registerWatch } from './monitor-watch.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitName } from './split-name.js';

/** `ratchet monitor show|watch|report|traffic|value|export|silence`. */
export function registerMonitorCommands(program: Command): void {
  const monitor = program
    .command('monitor')
    .description('how endpoints are watched, and what their traffic looked like')
    .addHelpText('after', '\nExample:\n  ratchet monitor show --help');
  registerShow(monitor);
  registerWatch(monitor);
  registerReport(monitor);
  registerTraffic(monitor);
  registerValue(monitor);
  registerExport(monitor);
  registerSilence(monitor);
}

function registerShow(monitor: Command): void {
  gatewayCommand(monitor, 'show <endpoint>', {
    about: 'the last windows of an endpoint: how far each input is from its reference, and the quality',
    example: 'ratchet monitor show flights/web',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const { project, name } = splitName(text, 'endpoint');
    const params = { path: { project, endpoint: name } };
    const found = await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}/monitoring', { params }));
    if (options.json) return printJson(found);
    const isValued = found.config?.['value'] !== undefined;
    const path = '/api/v1/endpoints/{project}/{endpoint}/value';
    const value = isValued ? await answered(client.GET(path, { params })) : null;
    printMonitoring(found, value === null ? [] : valueHeadlines(value));
  });
}

interface SilenceOptions extends GatewayOptions {
  readonly kind?: IncidentKind;
  readonly reason: string;
  readonly until: string;
}

function registerSilence(monitor: Command): void {
  gatewayCommand(monitor, 'silence <endpoint>', {
    about: 'let incidents of an endpoint tell nobody until an end; they are recorded all the same',
    example: 'ratchet monitor silence flights/web --until 2026-12-24T18:00:00Z --reason "a planned change"',
  })
    .requiredOption('--until <instant>', 'when it ends, as ISO-8601')
    .requiredOption('--reason <text>', 'why, for those who look at it later')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(incidentKinds))
    .action(async (text: string, { kind, reason, until, ...options }: SilenceOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const params = { path: { project, endpoint: name } };
      const body = { kind: kind ?? null, reason, until };
      const path = '/api/v1/endpoints/{project}/{endpoint}/silences';
      const found = await answered(client.POST(path, { params, body }));
      if (options.json) return printJson(found);
      printLine(`${text} is silent until ${found.until}`);
    });
}
