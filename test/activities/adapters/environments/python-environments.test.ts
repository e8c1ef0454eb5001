import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEnvironments } from '../../../../activities/adapters/environments/create-environments.js';
import { findInterpreter } from '../../../../activities/adapters/environments/python-interpreter.js';
import { messageOf } from '../../../../domain/errors/ratchet-error.js';
import type { EnvironmentSpec } from '../../../../domain/ports/environments.js';
import { useLocalWheels } from './local-wheels.js';

let folder: string;
const open = (name: string) => createEnvironments({ stateDir: join(folder, name) });
const python = (requirements: string): EnvironmentSpec => ({ kind: 'python', requirements });
const made = (name: string) =>
  readdirSync(join(folder, name, 'environments')).filter((entry) => !entry.endsWith('.lock'));
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'environments '));
  useLocalWheels(folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('a Python environment', () => {
  it('is made once, however many ask for it at once, and runs programs', async () => {
    const spec = python('needypack==1.0\nleafpack==1.0\n');
    const lines: string[] = [];
    const ask = () => open('state').prepare(spec, { onLine: (line) => lines.push(line) });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(lines.filter((line) => line.startsWith('Successfully installed'))).toHaveLength(1);
    const [environment] = answers;
    if (environment === undefined) return expect.fail('there is no answer');
    expect(environment.digest).toBe(await open('state').digest(spec));
    const venv = environment.env['VIRTUAL_ENV'] ?? '';
    const script = 'import needypack, leafpack, sys; print(needypack.answer, leafpack.answer, sys.prefix)';
    const printed = execFileSync('python', ['-c', script], {
      env: { ...environment.env },
      cwd: folder,
    }).toString();
    expect(printed.trim()).toBe(`needypack leafpack ${venv}`);
    expect(environment.readOnly).toContain(venv);
    const bytecode = execFileSync('find', [venv, '-name', 'leafpack*.pyc']).toString();
    expect(bytecode).toContain('leafpack');
    expect(statSync(venv).mode & 0o005).toBe(0o005);

    const marker = join(venv, 'ready');
    const before = statSync(marker).mtimeMs;
    const seen = lines.length;
    await ask();
    expect(lines.length).toBe(seen);
    rmSync(marker);
    writeFileSync(join(venv, 'left by a killed process'), '');
    await ask();
    expect(statSync(marker).mtimeMs).toBeGreaterThan(before);
    expect(existsSync(join(venv, 'left by a killed process'))).toBe(false);
  }, 120_000);

  it('needs every package pinned, and says which to add', async () => {
    const error: unknown = await open('floating')
      .prepare(python('needypack==1.0'), {})
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ENVIRONMENT_FAILED', details: { add: ['leafpack==1.0'] } });
    expect(messageOf(error)).toContain('add leafpack==1.0');
    expect(made('floating')).toEqual([]);
  }, 60_000);

  it.each([['sourcepack==1.0'], [`leafpack==1.0 --hash=sha256:${'a'.repeat(64)}`]])(
    "fails on %s with pip's words, and leaves nothing",
    async (requirements) => {
      const error: unknown = await open('failed')
        .prepare(python(requirements), {})
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'ENVIRONMENT_FAILED' });
      expect(messageOf(error)).toMatch(
        /could not install the requirements: .*(No matching distribution|do not match|DO NOT MATCH)/s,
      );
      expect(made('failed')).toEqual([]);
    },
    60_000,
  );

  it('is given up on an abort, with pip and all', async () => {
    let asked = 0;
    const index = createServer(() => {
      asked += 1;
      controller.abort(new Error('cancelled'));
    });
    const controller = new AbortController();
    await new Promise<void>((resolve) => index.listen(0, '127.0.0.1', resolve));
    const { port } = index.address() as AddressInfo;
    vi.stubEnv('PIP_NO_INDEX', '');
    vi.stubEnv('PIP_INDEX_URL', `http://127.0.0.1:${port}/simple`);
    const work = open('aborted').prepare(python('slowpack==1.0'), { signal: controller.signal });
    await expect(work).rejects.toThrow('cancelled');
    vi.stubEnv('PIP_NO_INDEX', '1');
    expect(asked).toBeGreaterThan(0);
    expect(made('aborted')).toEqual([]);
    index.closeAllConnections();
    await new Promise((resolve) => index.close(resolve));
  }, 60_000);

  it('has a digest of its lock file and interpreter', async () => {
    const digest = (requirements: string) => open('digest').digest(python(requirements));
    expect(await digest('a==1')).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest('a==1')).toBe(await digest('a==1'));
    expect(await digest('a==1')).not.toBe(await digest('a==2'));
  });
});

describe('the interpreter', () => {
  it('is one that runs, with the folders it needs', async () => {
    const found = await findInterpreter(undefined);
    expect(found.version).toMatch(/^3\.1\d\./);
    expect(found.folders.some((part) => found.path.startsWith(`${part}/`))).toBe(true);
  });

  it('that is asked for must do, or it is named with the mend', async () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const old = join(bin, 'python3.9');
    const answer = { path: old, version: '3.9.1', tag: 'x', platform: 'x', hasVenv: true, folders: [] };
    writeFileSync(old, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`, { mode: 0o755 });
    await expect(findInterpreter(old)).rejects.toThrow(/python3\.9 \(is 3\.9\.1\); install Python 3\.10/);
    await expect(findInterpreter(join(bin, 'none'))).rejects.toMatchObject({ code: 'PART_MISSING' });
    await expect(findInterpreter('/bin/false')).rejects.toThrow(/\/bin\/false \(does not run\)/);
  });
});
