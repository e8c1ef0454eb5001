import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../cli/program.js';
import { runCommand } from './run-command.js';

/** The words that lead to every command that does something. */
function leaves(command: Command, path: readonly string[] = []): string[][] {
  const children = command.commands.filter((child) => child.name() !== 'help');
  return children.length === 0
    ? [[...path]]
    : children.flatMap((child) => leaves(child, [...path, child.name()]));
}

const commands = leaves(createProgram());

/** Options that a command asks for before it looks at others. */
const demandedOptions: Readonly<Record<string, readonly string[]>> = {
  'project add': ['--repo', 'any'],
  'model retire': ['--reason', 'any'],
  'model hold': ['--reason', 'any'],
  'model release': ['--reason', 'any'],
  'trigger veto': ['--reason', 'any'],
  'schedule pause': ['--reason', 'any'],
  'schedule resume': ['--reason', 'any'],
  'schedule backfill': ['--from', 'any', '--to', 'any'],
  'approval vote': ['--reason', 'any'],
  'approval withdraw': ['--reason', 'any'],
  'monitor export': ['--from', 'any', '--to', 'any', '--out', 'any'],
  'monitor silence': ['--until', 'any', '--reason', 'any'],
  'feedback replay': ['--from', 'any', '--to', 'any'],
  'incident close': ['--reason', 'any'],
  'token create': ['--label', 'any'],
  'image verify': ['--attestations', 'any', '--key', 'any'],
};

describe('the commands', () => {
  it('are these', () => {
    expect(commands.map((words) => words.join(' '))).toEqual([
      'up',
      'down',
      'status',
      'doctor',
      'new',
      'new-app',
      'project add',
      'project apply',
      'project list',
      'project show',
      'plan',
      'hook show',
      'hook deliveries',
      'trigger list',
      'trigger show',
      'trigger fire',
      'trigger veto',
      'schedule list',
      'schedule pause',
      'schedule resume',
      'schedule run-now',
      'schedule backfill',
      'notify list',
      'notify show',
      'notify redrive',
      'notify test',
      'run start',
      'run list',
      'run show',
      'run watch',
      'run logs',
      'run cancel',
      'run resume',
      'run compare',
      'dataset list',
      'dataset show',
      'dataset diff',
      'dataset tag',
      'dataset rebuild',
      'dataset pull',
      'feature list',
      'feature show',
      'model list',
      'model show',
      'model pull',
      'model bundle',
      'model promote',
      'model retire',
      'model history',
      'model live-at',
      'model diff',
      'model charts',
      'model hold',
      'model release',
      'endpoint list',
      'endpoint show',
      'endpoint predict',
      'endpoint logs',
      'endpoint release',
      'endpoint rollback',
      'endpoint scale',
      'release list',
      'release show',
      'release watch',
      'release logs',
      'release cancel',
      'monitor show',
      'monitor watch',
      'monitor report',
      'monitor traffic',
      'monitor value',
      'monitor export',
      'monitor silence',
      'feedback send',
      'feedback replay',
      'incident list',
      'incident show',
      'incident explain',
      'incident ack',
      'incident close',
      'approval list',
      'approval show',
      'approval vote',
      'approval delegate',
      'approval withdraw',
      'member list',
      'sign-in',
      'whoami',
      'account add',
      'account list',
      'account disable',
      'account code',
      'token create',
      'token list',
      'token revoke',
      'audit list',
      'audit verify',
      'audit export',
      'worker list',
      'config check',
      'policy check',
      'policy test',
      'policy explain',
      'serve',
      'image scan',
      'image verify',
      'image bom',
      'image list',
      'image show',
    ]);
  });

  it.each(commands.map((words) => [words.join(' '), words] as const))(
    '%s answers --help with a description and an example of itself',
    async (name, words) => {
      const { exitCode, stdout, stderr } = await runCommand([...words, '--help']);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`^Usage: ratchet ${name}`));
      expect(stdout).toMatch(new RegExp(`\\nExamples?:\\n(  .*\\n)*  ratchet ${name}`));
      expect(stdout.split('\n')[2]).toMatch(/^[a-z].*[^.]$/);
      expect(stdout).not.toContain('\u001b');
    },
  );

  it.each(commands.map((words) => [words.join(' '), words] as const))(
    '%s refuses an option it does not know, with 2 and a hint',
    async (_, words) => {
      const demanded = demandedOptions[words.join(' ')] ?? [];
      const { exitCode, stdout, stderr } = await runCommand([...words, ...demanded, '--no-such-option']);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain("unknown option '--no-such-option'");
      expect(stderr).toContain('--help');
    },
  );

  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['run', 'frobnicate'], "unknown command 'frobnicate'"],
    [['run', 'show'], "missing required argument 'run'"],
    [['run', 'show', 'a', 'b'], 'too many arguments'],
    [['run', 'list', '--status', 'done'], 'Allowed choices are running, waiting'],
    [['run', 'list', '--limit', 'ten'], 'allowed is a whole number'],
    [['trigger', 'list', '--outcome', 'lost'], 'Allowed choices are started, merged, suppressed, pending'],
    [['trigger', 'list', 'a/b/c', '--url', 'http://127.0.0.1:9'], '<project>/<model>'],
    [['trigger', 'fire', 'no-slash', '--url', 'http://127.0.0.1:9'], '<project>/<model>'],
    [['notify', 'list', '--status', 'lost'], 'Allowed choices are pending, delivered, dead'],
    [['project', 'add'], "required option '--repo <address>' not specified"],
    [['run', 'start', 'no-slash', '--url', 'http://127.0.0.1:9'], '<project>/<model>'],
    [['model', 'show', 'a/b', '--url', 'http://127.0.0.1:9'], '<project>/<model>@<version>'],
    [['model', 'diff', 'a/b@1', 'a/c@1', '--url', 'http://127.0.0.1:9'], 'different models'],
    [['approval', 'show', 'a/b', '--url', 'http://127.0.0.1:9'], '<project>/<model>@<version>'],
    [['approval', 'vote', 'a/b@1', 'perhaps', '--reason', 'x'], 'Allowed choices are approve, reject'],
    [['token', 'create', '--label', 'x', '--scopes', 'everything'], 'allowed are read, run'],
    [['whoami', '--as', '../../token', '--url', 'http://127.0.0.1:9'], 'names no account'],
    [['serve'], 'no models are named to be served'],
    [['serve', 'a/b@champion', '--repository', 'x'], 'models and a folder are named to be served'],
    [['serve', 'a/b'], '<project>/<model>@<alias or version>'],
    [['serve', 'a/m@1', 'b/m@1'], 'two models would be served as "m": a/m and b/m'],
    [['dataset', 'diff', 'a/b@1', 'a/c@1', '--url', 'http://127.0.0.1:9'], 'different datasets'],
  ])('%j is wrong input: 2', async (args, words) => {
    const { exitCode, stderr } = await runCommand(args, { RATCHET_TOKEN: 'any' });
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });

  it('without a command shows the commands, and that something is missing', async () => {
    const { exitCode, stdout, stderr } = await runCommand([]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: ratchet');
    expect(stderr).toContain(
      'Exit codes: 0 done, 2 wrong input, 3 refused, 4 not found, 5 unavailable, 1 a defect',
    );
  });

  it('tell the version', async () => {
    expect(await runCommand(['--version'])).toMatchObject({ exitCode: 0, stdout: '0.1.0\n' });
  });
});

describe('without a gateway', () => {
  const nowhere = ['--state-dir', '/nowhere/at all'];

  it.each([
    [['run', 'list', ...nowhere], 5, 'no stack has run in /nowhere/at all; start it with ratchet up'],
    [['run', 'list', '--url', 'http://127.0.0.1:9'], 5, 'the gateway at http://127.0.0.1:9 does not answer'],
    [['run', 'list', '--url', 'nonsense'], 2, '"nonsense" is no address of a gateway'],
    [['run', 'list', '--url', 'file:///etc/passwd'], 2, 'allowed is http:// or https://'],
  ])('%j says so', async (args, exitCode, words) => {
    const result = await runCommand(args, { RATCHET_TOKEN: 'any' });
    expect(result.stderr).toContain(words);
    expect(result.exitCode).toBe(exitCode);
  });

  it('without a token says where one is looked for', async () => {
    const { exitCode, stderr } = await runCommand(['run', 'list', ...nowhere, '--url', 'http://127.0.0.1:9']);
    expect(stderr).toMatch(
      /^UNAUTHENTICATED: there is no token: .*token cannot be read, and RATCHET_TOKEN is not set/,
    );
    expect(exitCode).toBe(2);
  });
});
