import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../machine/process-identity.js';
import { readStackFile } from '../../stack/stack-file.js';
import { stackPaths } from '../../stack/stack-paths.js';
import { sha256Hex } from '../../stack/stack-secrets.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { loadConfig } from '../../temporal.config.js';
import { withoutSettings } from '../setup/settings-free.js';
import { listeningPorts } from './fixtures/listening-ports.js';
import { programsFolder } from './fixtures/programs-folder.js';
import { getObject, putObject } from './fixtures/s3-object.js';
import { makeHome, removeHome } from './fixtures/state-folder.js';

const home = makeHome();
const lines: string[] = [];
let stack: RunningStack;

beforeAll(async () => {
  stack = await startStack({
    stateDir: join(home, 'state'),
    processes: true,
    ui: true,
    dist: programsFolder,
    env: { ...withoutSettings(process.env), RATCHET_GPU_DEVICES: '0,1', RATCHET_SHUTDOWN_GRACE_MS: '1000' },
    log: (part, text) => lines.push(`${part} ${text}`),
  });
});

afterAll(async () => {
  await stack.stop();
  removeHome(home);
});

function pidOf(part: string): number {
  const pid = stack.parts()[part]?.process?.pid;
  if (pid === undefined) throw new Error(`${part} does not run: ${lines.join('\n')}`);
  return pid;
}

/** Kills a part and waits until the supervisor has it ready again. */
async function killAndWait(part: string): Promise<void> {
  const before = pidOf(part);
  process.kill(before, 'SIGKILL');
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
    const now = stack.parts()[part];
    if (now?.state === 'ready' && now.process !== null && now.process.pid !== before) return;
  }
  throw new Error(`${part} did not come back:\n${lines.join('\n')}`);
}

describe('a running stack', () => {
  it('has every part ready, a gpu worker only because devices are declared', () => {
    const parts = Object.entries(stack.parts()).map(([name, { state }]) => `${name} ${state}`);
    const names = [
      'cpu',
      'endpoints',
      'gateway',
      'gpu',
      'orchestrator',
      'postgres',
      's3',
      'serving',
      'signer',
      'temporal',
    ];
    expect(parts.toSorted()).toEqual(names.map((name) => `${name} ready`));
  });

  it('gives an environment that the settings accept', () => {
    const config = loadConfig(stack.env);
    expect(config.temporal.address).toBe(stack.urls['temporal']);
    expect(config.workers.gpuDevices).toEqual(['0', '1']);
    expect(config.git.allowLocal).toBe(true);
  });

  it("serves Temporal's pages", async () => {
    const response = await fetch(stack.urls['temporalUi'] ?? '');
    expect(response.status).toBe(200);
  });

  it("tells the gateway the digest of the token, and neither the token nor the owner's address", async () => {
    const response = await fetch(stack.urls['gateway'] ?? '');
    const told = (await response.json()) as { readonly names: string[]; readonly tokenSha256: string };
    const token = readFileSync(stack.tokenFile, 'utf8').trim();
    expect(told.tokenSha256).toBe(sha256Hex(token));
    expect(told.names).not.toContain('DATABASE_OWNER_URL');
    expect(statSync(stack.tokenFile).mode & 0o777).toBe(0o600);
  });

  it('listens on loopback only, every part of it', () => {
    const ports = Object.keys(stack.parts()).flatMap((part) => listeningPorts(pidOf(part)));
    expect(ports.length).toBeGreaterThan(15);
    expect(ports.filter(({ address }) => address !== '127.0.0.1')).toEqual([]);
  });

  it('keeps secrets out of its record, its logs, the arguments of its parts and the options that S3 remembers', () => {
    const paths = stackPaths(stack.stateDir);
    const secrets = Object.values(
      JSON.parse(readFileSync(paths.secretsFile, 'utf8')) as Record<string, string>,
    );
    const logs = readdirSync(paths.logs).map((name) => readFileSync(join(paths.logs, name), 'utf8'));
    const pids = Object.keys(stack.parts()).map(pidOf);
    const args = pids.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    const remembered = readFileSync(join(paths.s3, 'data', 'mini.options'), 'utf8');
    const seen = [readFileSync(paths.stackFile, 'utf8'), remembered, ...logs, ...args, ...lines].join('\n');
    expect(secrets).toHaveLength(14);
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    expect(seen).toContain('the secret is ***');
    expect(statSync(paths.secretsFile).mode & 0o777).toBe(0o600);
  });

  it('refuses a second stack in its folder and names the process that has it', async () => {
    const again = startStack({ stateDir: stack.stateDir, processes: false, ui: false, log: () => undefined });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(again).rejects.toThrow(`process ${process.pid}`);
  });

  it('leaves a second stack in another folder its own ports', async () => {
    const other = await startStack({
      stateDir: join(home, 'other'),
      processes: false,
      ui: false,
      env: withoutSettings(process.env),
      log: () => undefined,
    });
    const ports = (state: string) => Object.values(readStackFile(stackPaths(state).stackFile)?.ports ?? {});
    const mine = new Set(ports(stack.stateDir));
    const shared = ports(other.stateDir).filter((port) => mine.has(port));
    await other.stop();
    expect(shared).toEqual([]);
  });
});

describe('a part that is killed', () => {
  it('temporal: comes back at its address', async () => {
    await killAndWait('temporal');
    const http = readStackFile(stackPaths(stack.stateDir).stackFile)?.ports['temporalHttp'];
    const response = await fetch(`http://127.0.0.1:${http}/api/v1/namespaces/default`);
    expect(response.status).toBe(200);
  });

  it('postgres: comes back with what was committed', async () => {
    const sql = postgres(stack.database.owner, { max: 1, onnotice: () => undefined });
    await sql`create table kept (value text)`;
    await sql`insert into kept values ('before the kill')`;
    await killAndWait('postgres');
    const rows = await sql`select value from kept`;
    await sql.end();
    expect(rows.map((row) => row['value'])).toEqual(['before the kill']);
  });

  it('s3: comes back with what was stored, and says it is back when that can be read', async () => {
    await putObject(stack.env, 'kept', 'before the kill');
    for (let kill = 0; kill < 3; kill += 1) {
      await killAndWait('s3');
      expect(await getObject(stack.env, 'kept')).toBe('before the kill');
    }
  });

  it('one of our processes: comes back, and its end is reported and counted', async () => {
    await killAndWait('gateway');
    expect(lines).toContain('gateway ended with signal SIGKILL, starts again');
    expect(stack.parts()['gateway']).toMatchObject({ restarts: 1, lastExit: 'signal SIGKILL' });
  });
});

describe('stop', () => {
  it('ends every part and leaves nothing', async () => {
    const processes = Object.values(stack.parts()).flatMap((part) => part.process ?? []);
    await stack.stop();
    expect(processes.filter(isAlive)).toEqual([]);
    expect(readStackFile(stackPaths(stack.stateDir).stackFile)).toMatchObject({
      phase: 'stopped',
      supervisor: null,
    });
    const sockets = readdirSync('/tmp').filter((name) => name.startsWith('seaweedfs-'));
    const ports = Object.values(readStackFile(stackPaths(stack.stateDir).stackFile)?.ports ?? {});
    expect(sockets.filter((name) => ports.some((port) => name.includes(String(port))))).toEqual([]);
    expect(existsSync(stack.tokenFile)).toBe(true);
  });

  it('keeps token, ports and data for the next start', async () => {
    const next = await startStack({
      stateDir: stack.stateDir,
      processes: false,
      ui: true,
      env: withoutSettings(process.env),
      log: () => undefined,
    });
    try {
      const { gateway: _, ...urls } = stack.urls;
      expect(next.urls).toEqual(urls);
      expect(next.env['RATCHET_TOKEN_SHA256']).toBe(stack.env['RATCHET_TOKEN_SHA256']);
      expect(await getObject(next.env, 'kept')).toBe('before the kill');
    } finally {
      await next.stop();
    }
  });
});
