import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { type ApiClient, openClient } from './open-client.js';
import { printPlan } from './plan-print.js';
import { printJson } from './print.js';

/** `ratchet plan`. */
export function registerPlanCommand(program: Command): void {
  gatewayCommand(program, 'plan [project]', {
    about: 'what applying a commit would change, what would train and why, and what is not as Git has it',
    example: 'ratchet plan flights --ref deeper-trees',
  })
    .option(
      '--ref <ref>',
      'branch, tag, commit, or refs/pull/5/head, that would be applied (default: the tracked branch)',
    )
    .action(async (name: string | undefined, options: GatewayOptions & { ref?: string }) => {
      const client = await openClient(options);
      const path = { project: name ?? (await onlyProject(client)) };
      const body = options.ref === undefined ? {} : { ref: options.ref };
      const plan = await answered(client.POST('/api/v1/projects/{project}/plan', { params: { path }, body }));
      if (options.json) return printJson(plan);
      printPlan(plan);
    });
}

async function onlyProject(client: ApiClient): Promise<string> {
  const { projects } = await answered(client.GET('/api/v1/projects'));
  const [first, ...others] = projects.map(({ name }) => name);
  if (first !== undefined && others.length === 0) return first;
  const known =
    first === undefined
      ? 'there is none yet: ratchet project add'
      : `there are ${[first, ...others].join(', ')}`;
  throw new RatchetError('NAME_INVALID', `no project is named: ${known}`);
}
