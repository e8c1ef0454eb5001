import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAuditActivities } from '../../../activities/platform/audit-activities.js';
import { signCheckpoint } from '../../../activities/platform/sign-checkpoint.js';
import { checkpointFolder, checkpointKey } from '../../../domain/audit/checkpoint-key.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { AuditLog } from '../../../domain/ports/audit.js';
import type { Signer } from '../../../domain/ports/signing.js';
import { payloadTypes } from '../../../domain/signing/envelope.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { createVerifier } from '../../../trust/verifier.js';
import { createMemoryBlobStore, type MemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryAudit } from '../../fakes/stores/memory-audit.js';

const pair = generateKeyPair();
const key = { ...pair, notBefore: '2020-01-01T00:00:00.000Z', notAfter: null, revokedAt: null };

let audit: AuditLog;
let blobs: MemoryBlobStore;
let signatures: number;
let signer: Signer;
beforeEach(() => {
  audit = createMemoryAudit();
  blobs = createMemoryBlobStore();
  signatures = 0;
  const local = createLocalSigner(pair.privateKey);
  signer = {
    sign: async (...what) => {
      signatures += 1;
      return local.sign(...what);
    },
  };
});
const happen = (subject = 'x') =>
  audit.append({ action: 'blob.read', project: null, subject, details: { subject } });
const sign = () => signCheckpoint({ audit, blobs, signer });
const kept = () => blobs.listKept(checkpointFolder);

describe('the checkpoint of the audit', () => {
  it('is the head of the chain under a signature, outside and beside the chain', async () => {
    for (let row = 0; row < 3; row += 1) await happen();
    const { signCheckpoint: activity } = createAuditActivities({ audit, blobs, signer });
    expect(await new MockActivityEnvironment().run(activity)).toEqual({ seq: 3, signed: true });
    const head = await audit.head();
    const [beside] = await audit.checkpoints();
    expect(beside).toMatchObject({ ...head });
    const { value } = await blobs.readKept('audit/checkpoints/0000000000000003.json');
    expect(value).toEqual(beside?.envelope);
    const found = createVerifier().verify(
      value as never,
      payloadTypes.checkpoint,
      [key],
      new Date().toISOString(),
    );
    expect(found).toMatchObject({ kind: 'valid', value: head });
  });

  it('is not made where nothing is recorded, nor twice of one head', async () => {
    expect(await sign()).toEqual({ seq: 0, signed: false });
    await happen();
    expect(await sign()).toEqual({ seq: 1, signed: true });
    expect(await sign()).toEqual({ seq: 1, signed: false });
    await happen();
    expect(await sign()).toEqual({ seq: 2, signed: true });
    expect([signatures, (await kept()).length, (await audit.checkpoints()).length]).toEqual([2, 2, 2]);
  });

  it('is put beside the chain by the next attempt where the one before ended in between', async () => {
    await happen();
    const away = { ...audit, keepCheckpoint: () => Promise.reject(new RatchetError('PART_UNAVAILABLE', '')) };
    await expect(signCheckpoint({ audit: away, blobs, signer })).rejects.toMatchObject({
      code: 'PART_UNAVAILABLE',
    });
    expect(await sign()).toEqual({ seq: 1, signed: false });
    const [beside] = await audit.checkpoints();
    expect(beside?.envelope).toEqual((await blobs.readKept(checkpointKey(1))).value);
    expect(signatures).toBe(1);
  });

  it('is one where two attempts sign at once', async () => {
    await happen();
    const made = await Promise.all([sign(), sign(), sign()]);
    expect(made.filter(({ signed }) => signed)).toHaveLength(1);
    const [beside] = await audit.checkpoints();
    expect(beside?.envelope).toEqual((await blobs.readKept(checkpointKey(1))).value);
  });

  it('is not of a head that another attempt has gone past meanwhile', async () => {
    await happen();
    const old = await audit.head();
    await happen();
    await sign();
    let looks = 0;
    const late = { ...audit, head: async () => (looks++ === 0 ? old : audit.head()) };
    expect(await signCheckpoint({ audit: late, blobs, signer })).toEqual({ seq: 1, signed: false });
    expect(await kept()).toEqual([checkpointKey(2)]);
  });

  it('does not take the place of what was kept, where the chain is another or ends before it', async () => {
    for (let row = 0; row < 2; row += 1) await happen();
    await sign();
    const before = (await blobs.readKept(checkpointKey(2))).value;
    audit = createMemoryAudit();
    const broken = { code: 'AUDIT_BROKEN' };
    await expect(sign()).rejects.toMatchObject(broken);
    await happen();
    await expect(sign()).rejects.toMatchObject(broken);
    await happen('another');
    await expect(sign()).rejects.toMatchObject(broken);
    expect(await audit.checkpoints()).toEqual([]);
    expect((await blobs.readKept(checkpointKey(2))).value).toEqual(before);
  });

  it('has no place where a value without an envelope lies', async () => {
    await happen();
    for (const value of [null, 7, {}, { payload: 'e30=' }]) {
      blobs.objects.clear();
      await blobs.keepJson(checkpointKey(1), value);
      await expect(sign()).rejects.toMatchObject({ code: 'AUDIT_BROKEN' });
    }
    expect(signatures).toBe(0);
  });
});
