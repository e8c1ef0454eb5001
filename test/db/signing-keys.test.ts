import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../db/audit-log.js';
import { createSigningKeyOwner, createSigningKeys } from '../../db/signing-keys.js';
import { generateKeyPair } from '../../trust/keys.js';
import { codeOf } from '../conformance/error-code.js';
import { nodeArgs } from '../setup/own-program.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('signing keys', () => {
  let room: DatabaseRoom;
  let folder: string;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    folder = mkdtempSync(join(tmpdir(), 'ratchet keys '));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await room.close();
  });
  const program = (url: string, ...words: string[]) =>
    new Promise<{ ok: boolean; said: string }>((resolve) => {
      const settings = { cwd: root, env: { PATH: process.env['PATH'], DATABASE_OWNER_URL: url } };
      const args = [...nodeArgs('db/signing-key-main'), ...words];
      execFile(process.execPath, args, settings, (error, stdout, stderr) =>
        resolve({ ok: error === null, said: (stdout || stderr).trim() }),
      );
    });
  const listed = async (id: string) =>
    (await createSigningKeys(room.database).list()).find((key) => key.id === id);

  it('are registered once, under the id that signers give them', async () => {
    const { id, publicKey } = generateKeyPair();
    const notBefore = '2024-01-01T00:00:00.000Z';
    expect(await room.owner.register(publicKey, notBefore)).toBe(id);
    await room.owner.register(publicKey, '2025-01-01T00:00:00.000Z');
    expect(await listed(id)).toEqual({ id, publicKey, notBefore, notAfter: null, revokedAt: null });
  });

  it('end and are revoked once, and both are audited', async () => {
    const { id, publicKey } = generateKeyPair();
    await room.owner.register(publicKey, '2024-01-01T00:00:00.000Z');
    await room.owner.end(id);
    await room.owner.revoke(id);
    const key = await listed(id);
    expect(key).toMatchObject({ notAfter: expect.any(String), revokedAt: expect.any(String) });
    await room.owner.revoke(id);
    expect(await listed(id)).toEqual(key);
    const rows = await createAuditLog(room.database).list({ subject: id });
    expect(new Set(rows.map(({ action }) => action))).toEqual(
      new Set(['signing-key.added', 'signing-key.changed']),
    );
    expect(await codeOf(room.owner.revoke('none'))).toBe('NOT_FOUND');
  });

  it('are P-256 public keys and nothing else', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).publicKey;
    const { privateKey, publicKey } = generateKeyPair();
    const texts = [
      other.export({ type: 'spki', format: 'pem' }).toString(),
      privateKey,
      publicKey.slice(0, 60),
      '',
    ];
    for (const text of texts) {
      expect(await codeOf(room.owner.register(text, new Date().toISOString()))).toBe('SETTING_INVALID');
    }
  });

  it('are not for the application to add, by the store or by the program', async () => {
    const owner = createSigningKeyOwner(room.database);
    const { publicKey } = generateKeyPair();
    await expect(owner.register(publicKey, new Date().toISOString())).rejects.toMatchObject({
      code: '42501',
    });
    const file = join(folder, 'denied.pem');
    writeFileSync(file, publicKey);
    expect(await program(room.appUrl, 'register', file)).toMatchObject({ ok: false });
  });

  it('are registered and revoked by a program that says in one line how it went', async () => {
    const { id, publicKey } = generateKeyPair();
    const file = join(folder, 'key.pem');
    writeFileSync(file, publicKey);
    expect(await program(room.ownerUrl, 'register', file)).toEqual({ ok: true, said: `key ${id} counts` });
    expect(await program(room.ownerUrl, 'revoke', id)).toEqual({
      ok: true,
      said: `key ${id} counts no more`,
    });
    expect((await listed(id))?.revokedAt).not.toBeNull();
    const [row] = await createAuditLog(room.database).list({ subject: id, limit: 1 });
    expect(row?.actor).toMatch(/^database\//);
    expect(await program(room.ownerUrl, 'turn', id)).toMatchObject({
      ok: false,
      said: expect.stringMatching(/^usage/),
    });
    expect(await program('', 'revoke', id)).toMatchObject({ ok: false });
  });
});
