import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../db/read-checkpoint.js';
import { verifyAudit } from '../../../db/verify-audit.js';
import { chainText, genesisHash } from '../../../domain/audit/chain-text.js';
import type { AuditCheckpoint, AuditEvent } from '../../../domain/ports/audit.js';
import { payloadTypes } from '../../../domain/signing/envelope.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { createVerifier } from '../../../trust/verifier.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** Rows with hashes that fit, as they would be written. */
function chained(rows: readonly Omit<AuditEvent, 'seq' | 'previous' | 'hash'>[]): AuditEvent[] {
  let previous = genesisHash;
  return rows.map((row, index) => {
    const event = { ...row, seq: index + 1, previous };
    previous = sha256(chainText(event));
    return { ...event, hash: previous };
  });
}

const rowsOf = (length: number) =>
  chained(
    Array.from({ length }, (_, index) => ({
      at: '2024-05-01T00:00:00.000Z',
      actor: 'ann',
      action: 'vote.cast',
      project: index % 2 === 0 ? 'p' : null,
      subject: `subject ${index}`,
      details: '{}',
    })),
  );
const chain = rowsOf(10);
const checkpoint = (rows: readonly AuditEvent[], seq: number): AuditCheckpoint => {
  const row = rows[seq - 1];
  if (row === undefined) throw new Error(`there is no row ${seq}`);
  return { seq, hash: row.hash, at: row.at };
};
const head = checkpoint(chain, 10);

async function* pages(rows: readonly AuditEvent[], size = 3) {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
const found = async (
  rows: readonly AuditEvent[],
  expectation: Parameters<typeof verifyAudit>[1] = { head },
) => (await verifyAudit(pages(rows), expectation)).findings.map(({ kind, seq }) => `${kind} ${seq}`);
const changed = (seq: number, change: Partial<AuditEvent>) =>
  chain.map((row) => (row.seq === seq ? { ...row, ...change } : row));

describe('verifying the audit chain', () => {
  it('finds nothing wrong with one that is whole', async () => {
    const checkpoints = [checkpoint(chain, 4), checkpoint(chain, 10)];
    const report = await verifyAudit(pages(chain), { head, checkpoints });
    expect(report).toEqual({ rows: 10, head, checkpoints: 2, findings: [] });
    expect(await verifyAudit(pages([]), { head: undefined })).toMatchObject({ rows: 0, findings: [] });
  });

  it.each<[string, Partial<AuditEvent>]>([
    ['actor', { actor: 'bob' }],
    ['action', { action: 'vote.counted' }],
    ['time', { at: '2024-05-01T00:00:00.001Z' }],
    ['project', { project: 'q' }],
    ['subject', { subject: 'another' }],
    ['details', { details: '{"a":1}' }],
  ])('names the row whose %s was edited', async (_, change) => {
    expect(await found(changed(5, change))).toEqual(['edited 5']);
  });

  it('names the row that was edited together with its hash', async () => {
    const row = { ...chain[4], details: '{"a":1}' } as AuditEvent;
    expect(await found(changed(5, { ...row, hash: sha256(chainText(row)) }))).toEqual(['replaced 5']);
  });

  it('names the last row where it was edited together with its hash, by the head', async () => {
    const row = { ...chain[9], details: '{"a":1}' } as AuditEvent;
    expect(await found(changed(10, { ...row, hash: sha256(chainText(row)) }))).toEqual(['replaced 10']);
  });

  it('holds a chain that has grown since against the head it had', async () => {
    expect(await found(chain, { head: checkpoint(chain, 7) })).toEqual([]);
    expect(await found(chain, { head: { ...checkpoint(chain, 7), hash: 'f'.repeat(64) } })).toEqual([
      'replaced 7',
    ]);
  });

  it('names rows that were deleted, at the beginning too', async () => {
    expect(await found(chain.filter(({ seq }) => seq !== 5))).toEqual(['missing 5']);
    const report = await verifyAudit(pages(chain.slice(3)), { head });
    expect(report.findings.map(({ text }) => text)).toEqual(['rows 1 to 3 are missing before row 4']);
  });

  it('names a row that was deleted and the rest numbered anew', async () => {
    const rows = chain.filter(({ seq }) => seq !== 5).map((row, index) => ({ ...row, seq: index + 1 }));
    const findings = await found(rows);
    expect(findings[0]).toBe('reordered 5');
    expect(findings).toContain('edited 9');
    expect(findings.at(-1)).toBe('truncated 10');
    expect(findings).not.toContain('replaced 4');
  });

  it('names rows that changed places', async () => {
    const swapped = [...chain.slice(0, 4), ...chain.slice(4, 6).toReversed(), ...chain.slice(6)];
    expect(await found(swapped)).toEqual(['reordered 5']);
    const renumbered = swapped.map((row, index) => ({ ...row, seq: index + 1 }));
    expect(await found(renumbered)).toEqual(['reordered 5', 'reordered 6']);
  });

  it('names rows that were cut off, by the head or by a checkpoint', async () => {
    expect(await found(chain.slice(0, 7))).toEqual(['truncated 8']);
    const cut = { head: checkpoint(chain, 7), checkpoints: [checkpoint(chain, 9)] };
    expect(await found(chain.slice(0, 7), cut)).toEqual(['truncated 8']);
    expect(await found([])).toEqual(['truncated 1']);
  });

  it('finds a chain that was computed anew as a whole by a checkpoint alone', async () => {
    const rows = chained(changed(5, { actor: 'bob' }));
    const own = checkpoint(rows, 10);
    expect(await found(rows, { head: own })).toEqual([]);
    expect(await found(rows, { head: own, checkpoints: [checkpoint(chain, 4)] })).toEqual([]);
    expect(await found(rows, { head: own, checkpoints: [checkpoint(chain, 7)] })).toEqual(['rewritten 7']);
  });

  it('finds any change of any field of any row', async () => {
    const fields = ['at', 'actor', 'action', 'project', 'subject', 'details', 'previous', 'hash'] as const;
    await fc.assert(
      fc.asyncProperty(fc.nat(9), fc.constantFrom(...fields), fc.string(), async (index, field, text) => {
        fc.pre((chain[index]?.[field] ?? '') !== text);
        expect(await found(changed(index + 1, { [field]: text }))).not.toEqual([]);
      }),
    );
  });

  it('believes a checkpoint whose signature counts, and says why not of any other', async () => {
    const key = generateKeyPair();
    const times = { notBefore: '2024-01-01T00:00:00.000Z', notAfter: null, revokedAt: null };
    const given = { verifier: createVerifier(), keys: [{ ...key, ...times }] };
    const signer = createLocalSigner(key.privateKey);
    const at = '2024-05-02T00:00:00.000Z';
    const signed = await signer.sign(payloadTypes.checkpoint, head);
    expect(readCheckpoint(signed, at, given)).toEqual(head);
    const payload = Buffer.from(JSON.stringify({ ...head, seq: 9 })).toString('base64');
    expect(readCheckpoint({ ...signed, payload }, at, given)).toEqual(expect.any(String));
    expect(readCheckpoint(signed, at, { ...given, keys: [] })).toMatch(/not registered/);
    const other = await signer.sign(payloadTypes.checkpoint, { ...head, seq: 'ten' });
    expect(readCheckpoint(other, at, given)).toBe('what was signed is not a checkpoint');
    const vote = await signer.sign(payloadTypes.vote, head);
    expect(readCheckpoint(vote, at, given)).toEqual(expect.any(String));
  });

  it('moves no character from one field to the next without another text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
        fc.pre(right !== '');
        const row = { ...(chain[0] as AuditEvent), subject: left, details: right };
        const [first = ''] = right;
        const moved = { ...row, subject: left + first, details: right.slice(first.length) };
        expect(chainText(moved)).not.toBe(chainText(row));
      }),
    );
  });
});
