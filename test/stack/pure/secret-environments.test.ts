import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hooksSettings } from '../../../domain/config/settings/hooks.js';
import { secretEnvironments } from '../../../stack/secret-environments.js';
import { stackPaths } from '../../../stack/stack-paths.js';
import { ensureSecrets } from '../../../stack/stack-secrets.js';

const state = mkdtempSync(join(tmpdir(), 'ratchet-secrets-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

const paths = stackPaths(state);
const environments = (given: Record<string, string> = {}) =>
  secretEnvironments(
    { paths, port: () => 8420, secrets: ensureSecrets(paths.secretsFile), log: () => undefined },
    given,
  );

describe('the secret of webhooks of an embedded stack', () => {
  it('is made once, kept for its user alone, and good enough for the settings', () => {
    const first = environments().gateway['RATCHET_HOOK_SECRET'];
    expect(environments().gateway['RATCHET_HOOK_SECRET']).toBe(first);
    expect(hooksSettings.secret.shape.safeParse(first).success).toBe(true);
    expect(statSync(paths.secretsFile).mode & 0o777).toBe(0o600);
  });

  it('is told to the gateway and to no other process', () => {
    const { gateway, ...others } = environments();
    const secret = gateway['RATCHET_HOOK_SECRET'] ?? '';
    expect(secret).not.toBe('');
    expect(JSON.stringify(others)).not.toContain(secret);
    expect(JSON.stringify(others)).not.toContain('RATCHET_HOOK');
  });

  it('is that of the environment where there is one, and may have one before it', () => {
    const given = { RATCHET_HOOK_SECRET: 'n'.repeat(40), RATCHET_HOOK_SECRET_BEFORE: 'o'.repeat(40) };
    expect(environments(given).gateway).toMatchObject(given);
    expect(environments({ RATCHET_HOOK_SECRET: '' }).gateway['RATCHET_HOOK_SECRET']).toBe(
      environments().gateway['RATCHET_HOOK_SECRET'],
    );
  });
});

describe('recording at the endpoints of an embedded stack', () => {
  it('is on, as the user of the database that adds predictions and reads none', () => {
    expect(environments().endpoints).toMatchObject({ RATCHET_SERVING_RECORD: 'on' });
    expect(environments().endpoints['DATABASE_SERVING_URL']).toContain('//ratchet_serving:');
    expect(environments({ RATCHET_SERVING_RECORD: 'off' }).endpoints).toMatchObject({
      RATCHET_SERVING_RECORD: 'off',
    });
  });

  it("takes the address of that user where the database is somebody else's, and is off without one", () => {
    const foreign = { DATABASE_URL: 'postgres://app@db/ratchet' };
    expect(environments(foreign).endpoints).toEqual({});
    const known = { ...foreign, DATABASE_SERVING_URL: 'postgres://ratchet_serving@db/ratchet' };
    expect(environments(known).endpoints).toMatchObject({
      RATCHET_SERVING_RECORD: 'on',
      DATABASE_SERVING_URL: known.DATABASE_SERVING_URL,
    });
  });
});
