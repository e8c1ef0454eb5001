import { type Command, Option } from 'commander';
import { type RunStatus, runStatuses } from '../domain/names.js';
import { answered, answeredText } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { printLog } from './log-print.js';
import { openClient } from './open-client.js';
import { printJson, printLine, statusText } from './print.js';
import { printRelease, printReleases } from './release-print.js';
import { watchRelease } from './release-watch.js';
import { splitEndpointPlace } from './split-name.js';

const exampleId = 'flights.web.champion-3-1714521600000';

/** `ratchet release list|show|watch|logs|cancel`. */
export function registerReleaseCommands(program: Command): void {
  const release = program
    .command('release')
    .description('releases: one way each of an endpoint to a new revision')
    .addHelpText('after', '\nExample:\n  ratchet release list --help');
  for (const register of [registerList, registerShow, registerWatch, registerLogs, registerCancel])
    register(release);
}

function registerList(release: Command): void {
  gatewayCommand(release, 'list [where]', {
    about: 'releases of a project or of an endpoint, newest first',
    example: 'ratchet release list flights/web --status failed',
  })
    .addOption(new Option('--status <status>', 'only releases in this status').choices(runStatuses))
    .action(async (text: string | undefined, options: GatewayOptions & { readonly status?: RunStatus }) => {
      const client = await openClient(options);
      const query = {
        ...splitEndpointPlace(text),
        ...(options.status === undefined ? {} : { status: options.status }),
      };
      const found = await answered(client.GET('/api/v1/releases', { params: { query } }));
      if (options.json) return printJson(found);
      printReleases(found);
    });
}

function registerShow(release: Command): void {
  gatewayCommand(release, 'show <release>', {
    about: 'one release: its steps, why it began, what was refused',
    example: `ratchet release show ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/releases/{id}', { params: { path: { id } } }));
    if (options.json) return printJson(found);
    printRelease(found);
  });
}

function registerWatch(release: Command): void {
  gatewayCommand(release, 'watch <release>', {
    about: 'follow a release to its end',
    example: `ratchet release watch ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) =>
    watchRelease(await openClient(options), id, options.json === true),
  );
}

function registerLogs(release: Command): void {
  gatewayCommand(release, 'logs <release>', {
    about: 'the log of a step, such as the tests of the serving code',
    example: `ratchet release logs ${exampleId} --step test`,
  })
    .option('--step <step>', 'which step', 'test')
    .action(async (id: string, options: GatewayOptions & { readonly step: string }) => {
      const client = await openClient(options);
      const path = { id, step: options.step };
      const text = await answeredText(
        client.GET('/api/v1/releases/{id}/logs/{step}', { params: { path }, parseAs: 'text' }),
      );
      printLog(options.step, text, options.json === true);
    });
}

function registerCancel(release: Command): void {
  gatewayCommand(release, 'cancel <release>', {
    about: 'stop a release that has not begun to deploy',
    example: `ratchet release cancel ${exampleId}`,
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.POST('/api/v1/releases/{id}/cancel', { params: { path: { id } } }));
    if (options.json) return printJson(found);
    const words = found.endedAt === null ? 'is being cancelled' : `has ended: ${statusText(found.status)}`;
    printLine(`${found.id} ${words}`);
  });
}
