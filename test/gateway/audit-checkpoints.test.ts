import { createHash } from 'node:crypto';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../activities/platform/sign-checkpoint.js';
import { createAuditLog } from '../../db/audit-log.js';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { createS3Client } from '../../db/blobs/s3-client.js';
import { createSigningKeys } from '../../db/signing-keys.js';
import { chainText, genesisHash } from '../../domain/audit/chain-text.js';
import { checkpointKey } from '../../domain/audit/checkpoint-key.js';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { auditReport } from '../../gateway/reads/audit-report.js';
import { generateKeyPair } from '../../trust/keys.js';
import { createLocalSigner } from '../../trust/local-signer.js';
import { createVerifier } from '../../trust/verifier.js';
import { type DatabaseRoom, openDatabaseRoom } from '../db/database-room.js';
import { freshBucket } from '../setup/stack.js';

const pair = generateKeyPair();

let room: DatabaseRoom;
let bucket: string;
let s3: S3Client;
let blobs: ReturnType<typeof openBlobStore>;
beforeEach(async () => {
  room = await openDatabaseRoom();
  await room.owner.register(pair.publicKey, '2020-01-01T00:00:00.000Z');
  const settings = await freshBucket();
  bucket = settings.bucket;
  s3 = createS3Client(settings);
  blobs = openBlobStore(settings);
  for (let turn = 0; turn < 4; turn += 1) await room.newProject();
});
afterEach(async () => {
  blobs.close();
  s3.destroy();
  await room.close();
});

const audit = () => createAuditLog(room.database);
const sign = (privateKey = pair.privateKey) =>
  signCheckpoint({ audit: audit(), blobs, signer: createLocalSigner(privateKey) });
const report = () =>
  auditReport({
    audit: audit(),
    blobs,
    signingKeys: createSigningKeys(room.database),
    verifier: createVerifier(),
  });
const found = async () => (await report()).findings.map(({ kind, seq }) => `${kind} ${seq}`);
const lastSeq = async () => (await audit().head())?.seq ?? 0;

/** What the owner of the database can do: every row from one on with another actor, each hash and the head anew. */
async function computeAnew(from: number): Promise<void> {
  let previous = genesisHash;
  for await (const page of audit().rows(1)) {
    for (const row of page) {
      const actor = row.seq >= from ? 'somebody else' : row.actor;
      const hash = createHash('sha256')
        .update(chainText({ ...row, actor, previous }), 'utf8')
        .digest('hex');
      await room.admin`update audit_events set ${room.admin({ actor, previous, hash })} where seq = ${row.seq}`;
      previous = hash;
    }
  }
  await room.admin`update audit_head set hash = ${previous}`;
}

async function cutAfter(seq: number): Promise<void> {
  await room.admin`delete from audit_events where seq > ${seq}`;
  await room.admin`update audit_head set seq = ${seq}, hash = (select hash from audit_events where seq = ${seq})`;
}

describe('a signed checkpoint', () => {
  it('is made of the head as it is, once, and leaves no row', async () => {
    const seq = await lastSeq();
    expect(await sign()).toEqual({ seq, signed: true });
    expect(await sign()).toEqual({ seq, signed: false });
    expect(await lastSeq()).toBe(seq);
    expect(await report()).toMatchObject({ intact: true, checkpoints: 1, findings: [] });
  });

  it.each([
    ['lie beside the chain', async () => undefined],
    ['were deleted with the rows', async () => void (await room.admin`truncate audit_checkpoints`)],
  ])('shows a cut and a chain that was computed anew, where the checkpoints %s', async (_, hide) => {
    await sign();
    const seq = await lastSeq();
    await room.newProject();
    await hide();
    expect(await found()).toEqual([]);
    await computeAnew(seq);
    expect(await found()).toEqual([`rewritten ${seq}`]);
    await cutAfter(seq - 2);
    expect(await found()).toEqual([`truncated ${seq - 1}`]);
  });

  it('is no wall for what came after it', async () => {
    await sign();
    await room.newProject();
    await computeAnew(await lastSeq());
    expect(await found()).toEqual([]);
  });

  it('stays in its place, and no other is signed, where the chain contradicts it', async () => {
    await sign();
    const seq = await lastSeq();
    await room.admin`truncate audit_checkpoints`;
    await computeAnew(1);
    await expect(sign()).rejects.toMatchObject({ code: 'AUDIT_BROKEN' });
    await cutAfter(seq - 1);
    await expect(sign()).rejects.toMatchObject({ code: 'AUDIT_BROKEN' });
    expect(await audit().checkpoints()).toEqual([]);
  });

  it('counts beside the chain too where it is gone from outside', async () => {
    await sign();
    const seq = await lastSeq();
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: checkpointKey(seq) }));
    await computeAnew(1);
    expect(await found()).toEqual([`rewritten ${seq}`]);
  });

  it('of a key that nobody registered, of another row or of no shape is a finding', async () => {
    await room.newProject();
    const seq = await lastSeq();
    const put = (at: number, body: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: checkpointKey(at), Body: body }));
    await sign(generateKeyPair().privateKey);
    await room.admin`truncate audit_checkpoints`;
    const signer = createLocalSigner(pair.privateKey);
    const head = await audit().head();
    await put(1, JSON.stringify(await signer.sign(payloadTypes.checkpoint, head)));
    const bodies = [
      '{',
      'null',
      '{"payloadType":"x"}',
      JSON.stringify(await signer.sign(payloadTypes.vote, head)),
    ];
    for (const [at, body] of bodies.entries()) await put(at + 2, body);
    await put(Number.NaN, '{}');
    const { findings, intact } = await report();
    expect(intact).toBe(false);
    const kinds = findings.map(({ kind, seq: row }) => `${kind} ${row}`).sort();
    expect(kinds).toEqual([0, 1, 2, 3, 4, 5, seq].map((row) => `unsigned ${row}`).sort());
  });
});
