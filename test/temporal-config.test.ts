import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { loadConfig, loadSection, requireSetting, settings } from '../temporal.config.js';

const least = {
  DATABASE_URL: 'postgres://ratchet_app:canary@127.0.0.1:5432/ratchet',
  RATCHET_S3_ENDPOINT: 'http://127.0.0.1:8333',
  RATCHET_S3_ACCESS_KEY: 'key',
  RATCHET_S3_SECRET_KEY: 'canary',
};

function refusal(env: Record<string, string>): RatchetError {
  try {
    loadConfig({ ...least, ...env });
  } catch (error) {
    if (error instanceof RatchetError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('loadConfig', () => {
  it('fills in every default from the four settings that have none', () => {
    const config = loadConfig(least);
    expect(config.temporal).toEqual({ address: '127.0.0.1:7233', namespace: 'default' });
    expect(config.state).toEqual({ dir: resolve('.ratchet'), secretsDir: resolve('.ratchet/secrets') });
    expect(config.workers.gpuDevices).toEqual([]);
    expect(config.git.allowLocal).toBe(false);
    expect(config.database.ownerUrl).toBeUndefined();
  });

  it('keeps secrets under the state folder that is given', () => {
    const config = loadConfig({ ...least, RATCHET_STATE_DIR: '/srv/a b' });
    expect(config.state.secretsDir).toBe('/srv/a b/secrets');
  });

  it('reads lists with blanks around their items', () => {
    const config = loadConfig({ ...least, RATCHET_GPU_DEVICES: ' 0, 1 ,,' });
    expect(config.workers.gpuDevices).toEqual(['0', '1']);
  });

  it('reads where calls may go', () => {
    expect(loadConfig(least).egress).toEqual({ allow: [], ports: [443, 465, 587] });
    const allow = 'hooks.corp.example, localhost,127.0.0.1, ::1,10.0.0.0/8,fd00::/8';
    const { egress } = loadConfig({
      ...least,
      RATCHET_EGRESS_ALLOW: allow,
      RATCHET_EGRESS_PORTS: '443, 8443',
    });
    expect(egress.allow).toEqual([
      'hooks.corp.example',
      'localhost',
      '127.0.0.1',
      '::1',
      '10.0.0.0/8',
      'fd00::/8',
    ]);
    expect(egress.ports).toEqual([443, 8443]);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ ...least, RATCHET_GATEWAY_PORT: '' }).gateway.port).toBe(8400);
  });

  it.each([
    ['RATCHET_GATEWAY_PORT', '70000', 'a whole number from 0 to 65535'],
    ['RATCHET_GATEWAY_PORT', '-1', 'a whole number from 0 to 65535'],
    ['RATCHET_WORKER_SLOTS', '1e3', 'a whole number from 1 to 64'],
    ['RATCHET_GPU_DEVICES', '0,0', 'items that differ from each other'],
    ['RATCHET_ISOLATION', 'jail', 'one of container, namespace, uid, none'],
    ['RATCHET_GIT_ALLOW_LOCAL', 'yes', 'true or false'],
    ['TEMPORAL_ADDRESS', 'http://x', 'host:port'],
    ['RATCHET_TOKEN_SHA256', 'abc', '64 hex digits'],
    ['RATCHET_S3_BUCKET', 'A_B', 'a bucket name'],
    ['RATCHET_EGRESS_ALLOW', '10.0.0.0/33', 'networks such as 10.1.0.0/16'],
    ['RATCHET_EGRESS_ALLOW', '127.1', 'names of hosts, addresses and networks'],
    ['RATCHET_EGRESS_ALLOW', 'http://a', 'names of hosts, addresses and networks'],
    ['RATCHET_EGRESS_PORTS', '443,0', 'ports from 1 to 65535'],
    ['RATCHET_HOOK_MAX_BYTES', '26214401', 'a whole number from 1024 to 26214400'],
  ])('refuses %s=%s and says what is allowed', (variable, value, allowed) => {
    const error = refusal({ [variable]: value });
    expect(error.code).toBe('SETTING_INVALID');
    expect(error.message).toContain(`${variable} is ${JSON.stringify(value)}`);
    expect(error.message).toContain(allowed);
  });

  it('names a setting that is missing', () => {
    expect(refusal({ RATCHET_S3_ENDPOINT: '' }).message).toMatch(/^RATCHET_S3_ENDPOINT is not set/);
  });

  it('does not repeat an address, which may carry a password', () => {
    const error = refusal({ DATABASE_URL: 'mysql://root:canary@db/x' });
    expect(error.message).toContain('DATABASE_URL is a text of 24 characters');
    expect(JSON.stringify(error)).not.toContain('canary');
    expect(error.message).not.toContain('canary');
  });

  it('does not take a secret of webhooks that is short or has blanks, and does not repeat it', () => {
    for (const secret of ['canary-of-31-bytes-0123456789ab', 'canary with blanks 0123456789abcdefgh']) {
      for (const variable of ['RATCHET_HOOK_SECRET', 'RATCHET_HOOK_SECRET_BEFORE']) {
        const { message } = refusal({ [variable]: secret });
        expect(message).toContain(
          `${variable} is a text of ${secret.length} characters, allowed is a text of 32`,
        );
        expect(message).not.toContain('canary');
      }
    }
    expect(loadConfig({ ...least, RATCHET_HOOK_SECRET: 'x'.repeat(32) }).hooks.secret).toHaveLength(32);
  });
});

describe('loadSection', () => {
  it('reads one room without asking for the settings of another', () => {
    expect(loadSection('gateway', {}).port).toBe(8400);
  });
});

describe('requireSetting', () => {
  it('names the variable that this process cannot do without', () => {
    expect(() => requireSetting(undefined, 'DATABASE_OWNER_URL')).toThrow(/DATABASE_OWNER_URL is not set/);
    expect(requireSetting(0, 'ANY')).toBe(0);
  });
});

describe('settings', () => {
  it('gives every variable one meaning, a unit and a reason', () => {
    const rows = Object.values(settings).flatMap((section) => Object.values(section));
    expect(new Set(rows.map((row) => row.variable)).size).toBe(rows.length);
    for (const row of rows) expect(row.about.length, row.variable).toBeGreaterThan(10);
  });
});
