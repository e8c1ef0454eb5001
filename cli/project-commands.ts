import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { ago, printFacts, printJson, printLine, printTable } from './print.js';

/** `ratchet project add|apply|list|show`. */
export function registerProjectCommands(program: Command): void {
  const project = program
    .command('project')
    .description('projects: repositories that hold models')
    .addHelpText('after', '\nExample:\n  ratchet project list --help');
  registerAdd(project);
  registerApply(project);
  registerList(project);
  registerShow(project);
}

function registerAdd(project: Command): void {
  gatewayCommand(project, 'add', {
    about: 'read ratchet.project.yaml of a repository and put it in force; again after a change',
    example: 'ratchet project add --repo ./flight-delay',
  })
    .requiredOption('--repo <address>', 'https or ssh address, or a folder on this machine')
    .option('--ref <branch>', 'branch that is tracked', 'main')
    .action(async (options: GatewayOptions & { repo: string; ref: string }) => {
      const client = await openClient(options);
      const repo = existsSync(options.repo) ? resolve(options.repo) : options.repo;
      const added = await answered(client.POST('/api/v1/projects', { body: { repo, ref: options.ref } }));
      if (options.json) return printJson(added);
      printApplied(added);
    });
}

function registerApply(project: Command): void {
  gatewayCommand(project, 'apply <project>', {
    about: 'read the repository again: models are in force at once, the rest as its "changes" say',
    example: 'ratchet project apply flights',
  }).action(async (name: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const path = { project: name };
    const { repo, ref } = await answered(client.GET('/api/v1/projects/{project}', { params: { path } }));
    const applied = await answered(client.POST('/api/v1/projects', { body: { repo, ref } }));
    if (options.json) return printJson(applied);
    printApplied(applied);
  });
}

function registerList(project: Command): void {
  gatewayCommand(project, 'list', { about: 'all projects', example: 'ratchet project list --json' }).action(
    async (options: GatewayOptions) => {
      const client = await openClient(options);
      const found = await answered(client.GET('/api/v1/projects'));
      if (options.json) return printJson(found);
      printTable(
        ['project', 'models', 'ref', 'commit', 'read'],
        found.projects.map(({ name, models, organisation, ref, commit, updatedAt }) => [
          name,
          organisation ? 'policy of the organisation' : models.join(', '),
          ref,
          commit.slice(0, 12),
          ago(updatedAt),
        ]),
        'no project yet: ratchet project add --repo <address>',
      );
    },
  );
}

function registerShow(project: Command): void {
  gatewayCommand(project, 'show <project>', {
    about: 'one project',
    example: 'ratchet project show flights',
  }).action(async (name: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(
      client.GET('/api/v1/projects/{project}', { params: { path: { project: name } } }),
    );
    if (options.json) return printJson(found);
    printProject(found);
  });
}

function printApplied(project: components['schemas']['AppliedProject']): void {
  printProject(project);
  if (project.change === null) return;
  printLine('');
  printLine(`not in force before people approve it: ${project.change.differences}`);
  printLine(`what they see: ratchet approval show ${project.change.approval}`);
}

function printProject(project: components['schemas']['Project']): void {
  printFacts([
    ['project', project.name],
    ['repository', project.repo],
    ['ref', project.ref],
    ['commit', project.commit],
    project.organisation
      ? ['organisation', 'its policy.yaml holds for every project']
      : ['models', project.models.join(', ')],
    ['sources', project.sources.map(({ name, kind }) => `${name} (${kind})`).join(', ')],
  ]);
}
