import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { ago, printFacts, printJson, printLine, printTable } from './print.js';
import { splitName, splitVersion } from './split-name.js';
import { printDiff } from './version-diff-print.js';

const ofModel = '/api/v1/models/{project}/{model}';
const ofVersion = '/api/v1/models/{project}/{model}/{version}';
/** Ends of a promotion that are no failure of the command. */
const good = ['promoted', 'waiting'];

/** `ratchet model promote|retire|history|live-at|diff`. */
export function registerChampionCommands(model: Command): void {
  for (const register of [registerPromote, registerRetire, registerHistory, registerLiveAt, registerDiff])
    register(model);
}

function registerPromote(model: Command): void {
  gatewayCommand(model, 'promote', {
    about:
      'start what makes a version champion: programs decide, and people where the policy asks them; --rollback takes it back in one step',
    example:
      'ratchet model promote flights/late-arrival@2\n  ratchet model promote flights/late-arrival --rollback --reason "too slow"',
  })
    .argument('<model>', '<project>/<model>@<version>; with --rollback <project>/<model>')
    .option('--rollback', 'make the version before champion again; nobody is asked')
    .option('--reason <text>', 'why it is taken back', 'rolled back by hand')
    .action(async (text: string, options: GatewayOptions & { rollback?: boolean; reason: string }) => {
      const client = await openClient(options);
      if (options.rollback === true) {
        const { project, name } = splitName(text, 'model');
        const params = { path: { project, model: name } };
        const move = await answered(
          client.POST(`${ofModel}/rollback`, { params, body: { reason: options.reason } }),
        );
        if (options.json) return printJson(move);
        return printLine(`${project}/${name}@${move.version} is champion again`);
      }
      const { project, name, version } = splitVersion(text, 'model');
      const params = { path: { project, model: name, version } };
      const found = await answered(client.POST(`${ofVersion}/promote`, { params }));
      if (options.json) printJson(found);
      else {
        printFacts([
          ['promotion', found.workflowId],
          ['status', found.status],
          ['reason', found.reason ?? undefined],
          ['approval', found.approval ?? undefined],
        ]);
        if (found.status === 'waiting' && found.approval !== null)
          printLine(`people are asked: ratchet approval show ${project}/${name}@${version}`);
      }
      if (!good.includes(found.status))
        throw new RatchetError(
          'PROMOTION_REFUSED',
          `${text} is not champion: ${found.reason ?? found.status}`,
        );
    });
}

function registerRetire(model: Command): void {
  gatewayCommand(model, 'retire <model@version>', {
    about: 'take a version out of use for good; one that is live is refused',
    example: 'ratchet model retire flights/late-arrival@1 --reason "trained on a leaked column"',
  })
    .requiredOption('--reason <text>', 'why')
    .action(async (text: string, options: GatewayOptions & { reason: string }) => {
      const client = await openClient(options);
      const { project, name, version } = splitVersion(text, 'model');
      const params = { path: { project, model: name, version } };
      const move = await answered(
        client.POST(`${ofVersion}/retire`, { params, body: { reason: options.reason } }),
      );
      if (options.json) return printJson(move);
      printLine(`${project}/${name}@${move.version} is retired`);
    });
}

function registerHistory(model: Command): void {
  gatewayCommand(model, 'history <model>', {
    about: 'which version took, lost or was refused which place, when, by whom, and why',
    example: 'ratchet model history flights/late-arrival',
  }).action(async (text: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const { project, name } = splitName(text, 'model');
    const params = { path: { project, model: name } };
    const found = await answered(client.GET(`${ofModel}/history`, { params }));
    if (options.json) return printJson(found);
    printTable(
      ['version', 'from', 'to', 'by', 'when', 'approval', 'because'],
      found.moves.map((move) => [
        move.version,
        move.from,
        move.to,
        move.actor,
        ago(move.at),
        move.approval,
        move.reason,
      ]),
      'no version has moved yet',
    );
  });
}

function registerLiveAt(model: Command): void {
  gatewayCommand(model, 'live-at <model> [time]', {
    about: 'what was live at a time, who let it in, on which data, and what it replaced',
    example: 'ratchet model live-at flights/late-arrival 2026-11-01T12:00:00Z',
  }).action(async (text: string, time: string | undefined, options: GatewayOptions) => {
    const client = await openClient(options);
    const { project, name } = splitName(text, 'model');
    const at = time === undefined || Number.isNaN(Date.parse(time)) ? time : new Date(time).toISOString();
    const params = { path: { project, model: name }, query: at === undefined ? {} : { at } };
    const found = await answered(client.GET(`${ofModel}/live`, { params }));
    if (options.json) return printJson(found);
    const { live } = found;
    if (live === null) return printLine(`nothing was live at ${found.at}`);
    const { version } = live;
    printFacts([
      ['at', found.at],
      ['version', `${project}/${name}@${version.version}`],
      ['since', live.since],
      ['until', live.until ?? 'it is live'],
      ['let in by', letInBy(live)],
      ['moved by', live.by],
      ['replaced', live.replaced === null ? 'nothing' : `${project}/${name}@${live.replaced}`],
      ['dataset', `${version.dataset.name}@${version.dataset.version}`],
      ['commit', version.commit],
      ['file', version.digest],
    ]);
  });
}

/** The people, and by which approval. */
function letInBy({ approval, approvedBy, by }: NonNullable<components['schemas']['LiveAt']['live']>): string {
  if (approval === null) return `${by}, as the policy asks no people`;
  const people = approvedBy.map(({ approver, onBehalfOf }) =>
    onBehalfOf === null ? approver : `${approver} for ${onBehalfOf}`,
  );
  return `${people.join(', ')} in ${approval}`;
}

function registerDiff(model: Command): void {
  gatewayCommand(model, 'diff <from@version> <to@version>', {
    about: 'what changed between two versions: code, configuration, data, metrics, slices, interface',
    example: 'ratchet model diff flights/late-arrival@1 flights/late-arrival@2',
  }).action(async (from: string, to: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const [before, after] = [splitVersion(from, 'model'), splitVersion(to, 'model')];
    if (before.project !== after.project || before.name !== after.name) {
      throw new RatchetError(
        'NAME_INVALID',
        `${from} and ${to} are versions of different models; a diff takes two versions of one`,
      );
    }
    const path = { project: after.project, model: after.name, version: after.version };
    const found = await answered(
      client.GET(`${ofVersion}/diff`, { params: { path, query: { with: before.version } } }),
    );
    if (options.json) return printJson(found);
    printDiff(found);
  });
}
