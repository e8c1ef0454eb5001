import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoAccounts } from '../../cli/demo-accounts.js';
import type { StackFile } from '../../stack/stack-file.js';
import { stackPaths } from '../../stack/stack-paths.js';
import { token } from '../gateway/gateway-room.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

describe('the accounts that up makes', () => {
  let served: ServedGateway;
  let stateDir: string;
  beforeEach(async () => {
    served = await serveGateway();
    stateDir = mkdtempSync(join(tmpdir(), 'ratchet-up-'));
    writeFileSync(stackPaths(stateDir).tokenFile, `${token}\n`);
    record('found');
  });
  afterEach(async () => {
    rmSync(stateDir, { recursive: true, force: true });
    await served.close();
  });

  /** What a stack writes down of itself, with Postgres from there. */
  function record(source: string): void {
    const part = { state: 'ready', process: null, address: 'a', restarts: 0, lastExit: null } as const;
    const file: StackFile = {
      ...{ version: 1, phase: 'ready', supervisor: null, startedAt: '2026-01-01T00:00:00Z', processes: true },
      ...{ urls: { gateway: served.url }, ports: {}, postgresHome: null },
      parts: { postgres: { ...part, source } },
    };
    writeFileSync(stackPaths(stateDir).stackFile, JSON.stringify(file));
  }
  const names = async () => (await served.room.deps.accounts.list()).map(({ name }) => name);
  const codes = () => served.room.deps.audit.list({ action: 'code.issued' });
  const said = 'dana, lisa, omar, for the demo; no passwords: ratchet account code dana';

  it('are those of the demo, with nothing to sign in by before an administrator asks for a code', async () => {
    expect(await demoAccounts(stateDir)).toBe(said);
    expect(await names()).toEqual(['admin', 'dana', 'lisa', 'omar']);
    expect(await codes()).toEqual([]);
    const { stdout } = await served.ratchet('account', 'code', 'dana');
    expect(stdout).toMatch(/ratchet sign-in --code setup-/);
  });

  it('are made once, also of two at the same time, and said of again', async () => {
    expect(await Promise.all([demoAccounts(stateDir), demoAccounts(stateDir)])).toEqual([said, said]);
    expect(await demoAccounts(stateDir)).toBe(said);
    await served.room.deps.accounts.disable('dana');
    expect(await demoAccounts(stateDir)).toBe(said.replace('dana, ', '').replace('dana', 'lisa'));
  });

  it('are none where somebody is there already', async () => {
    await served.ratchet('account', 'add', 'rita', '--no-code');
    expect(await demoAccounts(stateDir)).toBeUndefined();
    expect(await names()).toEqual(['admin', 'rita']);
  });

  it('are none in a database that somebody else runs', async () => {
    record('given');
    expect(await demoAccounts(stateDir)).toBeUndefined();
    expect(await names()).toEqual(['admin']);
  });

  it('do not keep a stack from starting when they cannot be made', async () => {
    await served.stop();
    expect(await demoAccounts(stateDir)).toMatch(
      /^those of the demo could not be made: the gateway at .* does not answer$/,
    );
    await served.start();
  });
});
