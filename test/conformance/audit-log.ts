import { beforeEach, expect, it } from 'vitest';
import { actingAs } from '../../db/acting.js';
import { verifyAudit } from '../../db/verify-audit.js';
import type { AuditLog } from '../../domain/ports/audit.js';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { codeOf } from './error-code.js';

/** `make` gives a log, and a name that nothing in it bears. */
export function auditLogConformance(make: () => Promise<{ audit: AuditLog; project: string }>): void {
  let audit: AuditLog;
  let project: string;
  beforeEach(async () => {
    ({ audit, project } = await make());
  });
  const append = (action: string, subject: string, details: object = {}) =>
    audit.append({ action, project, subject, details });

  it('tells who did what to what, newest first', async () => {
    await append('blob.read', 'one', { bytes: 3, why: '"ü"' });
    await actingAs('ann', () => append('vote.refused', 'two'));
    const told = (await audit.list({ project })).filter(({ action }) => /blob|vote/.test(action));
    expect(told).toMatchObject([
      { actor: 'ann', action: 'vote.refused', project, subject: 'two', details: '{}' },
      { action: 'blob.read', subject: 'one' },
    ]);
    expect(told[1]?.actor).toMatch(/^system\//);
    expect(JSON.parse(told[1]?.details ?? '')).toEqual({ bytes: 3, why: '"ü"' });
    expect(told[0]?.previous).toBe(told[1]?.hash);
  });

  it('lists by project, actor, action, subject and number', async () => {
    for (const subject of ['a', 'b', 'a']) {
      await actingAs(`actor-of-${project}`, () => append('blob.read', subject));
    }
    const actor = `actor-of-${project}`;
    const all = await audit.list({ actor });
    expect(all.map(({ subject }) => subject)).toEqual(['a', 'b', 'a']);
    expect(await audit.list({ actor, subject: 'b' })).toEqual([all[1]]);
    expect(await audit.list({ project, action: 'blob.read', limit: 1 })).toEqual([all[0]]);
    expect(await audit.list({ actor, before: all[1]?.seq ?? 0 })).toEqual([all[2]]);
    expect(await audit.list({ actor, action: 'none.such' })).toEqual([]);
    for (const limit of [0, 1001, 1.5]) expect(await codeOf(audit.list({ limit }))).toBe('REQUEST_INVALID');
  });

  it('is one chain, whose rows can be read from any number on', async () => {
    for (let turn = 0; turn < 3; turn += 1) await append('blob.read', String(turn));
    const head = await audit.head();
    expect(await verifyAudit(audit.rows(1), { head })).toMatchObject({ head, findings: [] });
    const rows = [];
    for await (const page of audit.rows((head?.seq ?? 0) - 1)) rows.push(...page);
    expect(rows.map(({ seq }) => seq)).toEqual([(head?.seq ?? 0) - 1, head?.seq]);
  });

  it('keeps the first checkpoint of a row', async () => {
    await append('blob.read', 'one');
    const head = await audit.head();
    if (!head) throw new Error('no row was written');
    const envelope = { payloadType: payloadTypes.checkpoint, payload: 'e30=', signatures: [] };
    await audit.keepCheckpoint({ ...head, envelope });
    await audit.keepCheckpoint({ ...head, hash: 'f'.repeat(64), envelope });
    expect((await audit.checkpoints()).filter(({ seq }) => seq === head.seq)).toEqual([
      { ...head, envelope },
    ]);
  });
}
