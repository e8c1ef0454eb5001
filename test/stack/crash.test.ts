import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify, isAlive, type ProcessIdentity } from '../../machine/process-identity.js';
import { readStackFile, type StackFile, writeStackFile } from '../../stack/stack-file.js';
import { stackPaths } from '../../stack/stack-paths.js';
import { stackStatus } from '../../stack/stack-status.js';
import { startStack } from '../../stack/start-stack.js';
import { stopStack } from '../../stack/stop-stack.js';
import { withoutSettings } from '../setup/settings-free.js';
import { type CliRun, runCli } from './fixtures/run-cli.js';
import { makeHome, removeHome } from './fixtures/state-folder.js';

let home = '';
let state = '';

beforeEach(() => {
  home = makeHome();
  state = join(home, 'state');
});

afterEach(async () => {
  await stopStack(state, () => undefined);
  removeHome(home);
});

function record(): StackFile {
  const file = readStackFile(stackPaths(state).stackFile);
  if (file === undefined) throw new Error('there is no stack file');
  return file;
}

const processes = () =>
  Object.values(record().parts).flatMap((part): ProcessIdentity[] =>
    part.process === null ? [] : [part.process],
  );

async function up(env: Record<string, string> = {}): Promise<CliRun> {
  const run = runCli(['up', '--state-dir', state], env);
  await run.said('Ctrl-C stops it');
  return run;
}

async function goneWithin(timeoutMs: number, identities: readonly ProcessIdentity[]): Promise<number> {
  const deadline = Date.now() + timeoutMs;
  while (identities.some(isAlive) && Date.now() < deadline) await sleep(50);
  return identities.filter(isAlive).length;
}

describe('ratchet up', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends every part in order at %s', async (signal) => {
    const run = await up();
    const started = processes();
    run.child.kill(signal);
    expect(await run.ended).toBe(0);
    expect(started.filter(isAlive)).toEqual([]);
    expect(record()).toMatchObject({ phase: 'stopped', supervisor: null });
  });

  it('ends a part that does not heed its signal, within its grace time', async () => {
    const run = await up({ STUBBORN: '1', RATCHET_SHUTDOWN_GRACE_MS: '0' });
    const started = processes();
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output()).toMatch(/cpu +was killed, 7000 ms after SIGTERM/);
    expect(started.filter(isAlive)).toEqual([]);
  });

  it('ends every part at once at a second signal', async () => {
    const run = await up({ STUBBORN: '1', RATCHET_SHUTDOWN_GRACE_MS: '60000' });
    const started = processes();
    run.child.kill('SIGINT');
    await run.said('stopping every part');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(130);
    expect(await goneWithin(5000, started)).toBe(0);
  });

  it('says which part did not start, and ends the others', async () => {
    const data = join(state, 'postgres', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), '9\n');
    const run = runCli(['up', '--state-dir', state]);
    expect(await run.ended).toBe(5);
    expect(run.output()).toContain('was made by Postgres 9');
    expect(processes().filter(isAlive)).toEqual([]);
  });
});

describe('a supervisor that is killed', () => {
  it('takes its parts along, and the next start finds everything as it was', async () => {
    const run = await up();
    const started = processes();
    run.child.kill('SIGKILL');
    await run.ended;
    expect(await goneWithin(20_000, started)).toBe(0);
    expect(stackStatus(state).state).toBe('crashed');
    const { urls } = record();
    const again = await up();
    expect(record().urls).toEqual(urls);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  it('leaves orphans where the system cannot tie them to it; the next start ends them and takes over', async () => {
    // Without setpriv on PATH nothing asks the kernel.
    const run = await up({ PATH: '/nonexistent' });
    const orphans = processes();
    run.child.kill('SIGKILL');
    await run.ended;
    await sleep(500);
    expect(orphans.filter(isAlive).length).toBeGreaterThanOrEqual(3);
    expect(stackStatus(state).parts.filter((part) => part.state === 'orphan').length).toBeGreaterThanOrEqual(
      3,
    );
    const lines: string[] = [];
    const env = withoutSettings(process.env);
    const log = (part: string, text: string) => lines.push(`${part} ${text}`);
    const stack = await startStack({ stateDir: state, processes: false, ui: false, env, log });
    expect(orphans.filter(isAlive)).toEqual([]);
    expect(lines.filter((line) => line.includes('an orphan of a crash')).length).toBeGreaterThanOrEqual(3);
    await stack.stop();
  });

  it('leaves alone a process that got the number of a part of it', async () => {
    const bystander = spawn('sleep', ['60']);
    const identity = identify(bystander.pid ?? 0);
    if (identity === undefined) throw new Error('there is no bystander');
    const part = { state: 'ready', address: '', source: '', restarts: 0, lastExit: null } as const;
    const earlier = { ...identity, startTicks: '1' };
    mkdirSync(state);
    writeStackFile(stackPaths(state).stackFile, {
      version: 1,
      phase: 'ready',
      supervisor: earlier,
      startedAt: new Date().toISOString(),
      processes: false,
      urls: {},
      ports: {},
      parts: { temporal: { ...part, process: earlier } },
      postgresHome: null,
    });
    expect(await stopStack(state, () => undefined)).toBe('nothing ran');
    expect(isAlive(identity)).toBe(true);
    bystander.kill('SIGKILL');
  });
});

describe('ratchet up --detach', () => {
  it('returns when the stack is ready, status shows it, and down ends it', async () => {
    const detached = runCli(['up', '--detach', '--state-dir', state]);
    expect(await detached.ended, detached.output()).toBe(0);
    const status = runCli(['status', '--json', '--state-dir', state]);
    expect(await status.ended).toBe(0);
    const shown = JSON.parse(status.output()) as { state: string; parts: { name: string; state: string }[] };
    expect(shown.state).toBe('ready');
    expect(shown.parts.filter((part) => part.state !== 'ready')).toEqual([]);
    const started = processes();
    const down = runCli(['down', '--state-dir', state]);
    expect(await down.ended).toBe(0);
    expect(down.output()).toContain('the stack is stopped');
    expect(started.filter(isAlive)).toEqual([]);
  });
});
