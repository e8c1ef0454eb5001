import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { type ApiClient, openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { watchRelease } from './release-watch.js';
import { splitName } from './split-name.js';

type Release = components['schemas']['ReleaseDetail'];

interface ChangeOptions extends GatewayOptions {
  readonly reason?: string;
  readonly watch?: boolean;
}

/** What stands in an address, and in a body. The id is made here, so that what is sent twice is one release. */
function asked(text: string, { reason }: ChangeOptions) {
  const { project, name } = splitName(text, 'endpoint');
  const body = { id: randomUUID(), ...(reason === undefined ? {} : { reason }) };
  return { params: { path: { project, endpoint: name } }, body };
}

async function told(client: ApiClient, release: Release, options: ChangeOptions): Promise<void> {
  if (options.watch) return watchRelease(client, release.id, options.json === true);
  if (options.json) return printJson(release);
  printLine(release.id);
  printLine(`follow it with: ratchet release watch ${release.id}`);
}

function changeCommand(endpoint: Command, usage: string, words: { about: string; example: string }): Command {
  return gatewayCommand(endpoint, usage, words)
    .option('--reason <text>', 'why, for those who look at it later')
    .option('--watch', 'follow it to its end');
}

export function registerRelease(endpoint: Command): void {
  changeCommand(endpoint, 'release <endpoint>', {
    about: 'build and deploy an endpoint again, as Git says, with the champion',
    example: 'ratchet endpoint release flights/web --watch',
  }).action(async (text: string, options: ChangeOptions) => {
    const client = await openClient(options);
    const path = '/api/v1/endpoints/{project}/{endpoint}/release';
    await told(client, await answered(client.POST(path, asked(text, options))), options);
  });
}

export function registerRollBack(endpoint: Command): void {
  changeCommand(endpoint, 'rollback <endpoint>', {
    about: 'deploy the revision before again as it was: model, code and image',
    example: 'ratchet endpoint rollback flights/web --reason "answers are slow" --watch',
  }).action(async (text: string, options: ChangeOptions) => {
    const client = await openClient(options);
    const path = '/api/v1/endpoints/{project}/{endpoint}/rollback';
    await told(client, await answered(client.POST(path, asked(text, options))), options);
  });
}

export function registerScale(endpoint: Command): void {
  changeCommand(endpoint, 'scale <endpoint> <replicas>', {
    about: 'set how many replicas answer, until Git says another number; "git" for what it says',
    example: 'ratchet endpoint scale flights/web 3',
  }).action(async (text: string, count: string, options: ChangeOptions) => {
    const replicas = replicasOf(count);
    const client = await openClient(options);
    const { params, body } = asked(text, options);
    const path = '/api/v1/endpoints/{project}/{endpoint}/scale';
    await told(client, await answered(client.POST(path, { params, body: { ...body, replicas } })), options);
  });
}

function replicasOf(text: string): number | null {
  if (text === 'git') return null;
  const count = Number(text);
  if (/^\d{1,2}$/.test(text) && count >= 1 && count <= 32) return count;
  throw new RatchetError('REQUEST_INVALID', `replicas is "${text}": allowed is 1 to 32, or git`);
}
