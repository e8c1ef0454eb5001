import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type RunSpec, runProgram } from '../../../../activities/adapters/processes/run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'program '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (script: string, change: Partial<RunSpec> = {}) =>
  runProgram({
    command: 'sh',
    args: ['-c', script],
    env: { PATH: '/usr/bin:/bin' },
    cwd: folder,
    timeoutMs: 20_000,
    maxOutputBytes: 1_000_000,
    ...change,
  });
const isAlive = (pid: number) => {
  try {
    // A zombie that its new parent has not collected yet is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe('running a program', () => {
  it('gives its output, its last words and its code', async () => {
    expect(await run('cat; echo oops >&2; exit 3', { input: 'in' })).toMatchObject({
      exitCode: 3,
      signal: null,
      stopped: null,
      stderr: 'oops\n',
      stdout: Buffer.from('in'),
    });
  });

  it('hands on nothing of our own environment', async () => {
    process.env['RATCHET_CANARY'] = 'secret';
    const { stdout } = await run('env');
    delete process.env['RATCHET_CANARY'];
    expect(stdout.toString()).not.toContain('RATCHET_CANARY');
  });

  it.each([
    ['timeout', { timeoutMs: 300 }, 'sleep 60 & echo $! > pid; sleep 60'],
    [
      'output',
      { maxOutputBytes: 1000 },
      'sleep 60 & echo $! > pid; while :; do echo xxxxxxxxxxxxxxxxxxxx; done',
    ],
  ] as const)('ends it with all it started: %s', async (reason, change, script) => {
    expect(await run(script, change)).toMatchObject({ stopped: reason, signal: 'SIGKILL' });
    expect(isAlive(Number(readFileSync(join(folder, 'pid'), 'utf8')))).toBe(false);
  });

  it('ends it when the signal says so, before or while it runs', async () => {
    const aborted = await run('sleep 60', { signal: AbortSignal.abort() });
    expect(aborted).toMatchObject({ stopped: 'aborted' });
    const controller = new AbortController();
    const lines: string[] = [];
    const onLine = (line: string) => {
      lines.push(line);
      controller.abort();
    };
    expect(await run('echo first; sleep 60', { signal: controller.signal, onLine })).toMatchObject({
      stopped: 'aborted',
    });
    expect(lines).toEqual(['first']);
  });

  it('does not mind a program that reads none of its input', async () => {
    expect((await run('exec true', { input: 'x'.repeat(1_000_000) })).exitCode).toBe(0);
  });

  it('keeps the end of what is said on standard error', async () => {
    const { stderr } = await run('seq 1 100000 >&2');
    expect(stderr.length).toBeLessThanOrEqual(16 * 1024);
    expect(stderr.endsWith('100000\n')).toBe(true);
  });

  it('names a program that is not installed', async () => {
    await expect(run('', { command: 'no-such-program' })).rejects.toMatchObject({ code: 'PART_MISSING' });
  });
});
