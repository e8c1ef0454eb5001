import { beforeEach, describe, expect, it } from 'vitest';
import { monitoringSchema } from '../../domain/config/monitoring.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { IncidentRecord, JudgedWindow, WatchStore } from '../../domain/ports/watches.js';
import { codeOf } from './error-code.js';
import { declaringCommit, moment, type ServingSubject, withEndpoint } from './serving-subject.js';

export interface WatchSubject extends ServingSubject {
  readonly watches: WatchStore;
}

const blob = { uri: `s3://ratchet/blobs/${'a'.repeat(64)}`, sha256: 'a'.repeat(64), bytes: 10 };
const later = '2099-01-01T00:00:00.000Z';

export function watchStoreConformance(make: () => Promise<WatchSubject>): void {
  let watches: WatchStore;
  let name: EndpointName;
  const config = (every: string) => monitoringSchema.parse({ windows: { every } });
  const declare = (every = '1 day', commit = declaringCommit) =>
    watches.declare(name.project, commit, [{ endpoint: name.endpoint, config: config(every) }], 'ann');
  beforeEach(async () => {
    const subject = await make();
    ({ watches } = subject);
    ({ name } = await withEndpoint(subject));
    await declare();
  });

  const window = (from: number, more: Partial<JudgedWindow> = {}): JudgedWindow => ({
    ...{ ...name, line: 'inputs', from: moment(from), to: moment(from + 1), model: 'delay', modelVersion: 1 },
    ...{ rows: 10, verdict: 'pass', verdicts: { 'column:x': 'pass' }, numbers: { 'column:x': 0.1 } },
    ...{ evidence: blob, judgedAt: moment(50) },
    ...more,
  });
  const incident = (id: string, more: Partial<IncidentRecord> = {}): IncidentRecord => ({
    ...{ ...name, id: `${name.project}-${id}`, cause: 'model', kind: 'covariate-drift', model: 'delay' },
    ...{
      modelVersion: 1,
      openedAt: moment(1),
      quietWindows: 0,
      asksForRun: false,
      course: 'no loss is seen',
    },
    sights: [
      { window: { from: moment(0), to: moment(1) }, kind: 'covariate-drift', because: 'x', columns: ['x'] },
    ],
    ...{ acknowledgedBy: null, closedAt: null, closedBy: null, closedBecause: null },
    ...more,
  });

  describe('declarations', () => {
    it('are what Git says last, and keep the commit that said so', async () => {
      const declared = await watches.get(name);
      expect(declared).toMatchObject({ ...name, config: config('1 day'), commit: declaringCommit });
      await declare('1 day', 'd'.repeat(40));
      expect(await watches.get(name)).toEqual(declared);
      await declare('7 days', 'd'.repeat(40));
      expect(await watches.get(name)).toMatchObject({ config: config('7 days'), commit: 'd'.repeat(40) });
    });

    it('are of endpoints that there are', async () => {
      const unknown = watches.declare(
        name.project,
        declaringCommit,
        [{ endpoint: 'none', config: config('1 day') }],
        'ann',
      );
      expect(await codeOf(unknown)).toBe('ENDPOINT_NOT_FOUND');
      expect(await watches.get({ ...name, endpoint: 'none' })).toBeUndefined();
    });
  });

  describe('judged windows', () => {
    it('are kept once, with what came of them the first time', async () => {
      expect(await watches.keep(window(0), [incident('a')])).toBe(true);
      expect(await watches.keep(window(0, { verdict: 'fail' }), [incident('b', { cause: 'other' })])).toBe(
        false,
      );
      expect(await watches.newest(name, 'inputs')).toEqual(window(0));
      expect((await watches.openIncidents(name)).map(({ id }) => id)).toEqual([incident('a').id]);
    });

    it('are read newest first, of one line, of one version, before an instant and since one', async () => {
      for (const from of [0, 1, 2]) await watches.keep(window(from), []);
      await watches.keep(window(0, { line: 'truth' }), []);
      const froms = async (asked: Parameters<WatchStore['windows']>[2]) =>
        (await watches.windows(name, 'inputs', asked)).map(({ from }) => from);
      expect(await froms({ limit: 2 })).toEqual([moment(2), moment(1)]);
      expect(await froms({ limit: 9, before: moment(2) })).toEqual([moment(1), moment(0)]);
      expect(await froms({ limit: 9, since: moment(1) })).toEqual([moment(2), moment(1)]);
      expect(await froms({ limit: 9, since: moment(1), before: moment(2) })).toEqual([moment(1)]);
      expect(await froms({ limit: 9, modelVersion: 2 })).toEqual([]);
      expect(await watches.newest(name, 'truth')).toMatchObject({ line: 'truth', from: moment(0) });
    });

    it('stand beside open incidents, the newest of each line, of every endpoint in one look', async () => {
      const own = async () => (await watches.standings()).filter(({ project }) => project === name.project);
      expect(await own()).toEqual([{ ...name, newest: [], openIncidents: {} }]);
      for (const from of [0, 2, 1]) await watches.keep(window(from), []);
      await watches.keep(window(0, { line: 'truth', numbers: { labelled: 3 } }), [
        incident('a'),
        incident('b', { cause: 'skew:null-burst', kind: 'data-skew' }),
        incident('c', { cause: 'skew:unit-change', kind: 'data-skew' }),
      ]);
      await watches.close(incident('a').id, 'ann', 'it was nothing');
      const newest = [window(2), window(0, { line: 'truth', numbers: { labelled: 3 } })];
      expect(await own()).toEqual([{ ...name, newest, openIncidents: { 'data-skew': 2 } }]);
    });

    it('leave nothing behind where their incident cannot be kept', async () => {
      await watches.keep(window(0), [incident('a')]);
      const twice = watches.keep(window(1), [incident('b')]);
      await expect(twice).rejects.toThrow();
      expect(await watches.newest(name, 'inputs')).toMatchObject({ from: moment(0) });
    });
  });

  describe('incidents', () => {
    beforeEach(() => watches.keep(window(0), [incident('a')]));
    const { id } = { id: () => incident('a').id };

    it('change with the windows that see them again, and close', async () => {
      const graver = incident('a', {
        kind: 'harmful-drift',
        asksForRun: true,
        course: 'they moved, and it hurts',
      });
      await watches.keep(window(1), [graver]);
      expect(await watches.incident(id())).toEqual(graver);
      const closed = {
        ...graver,
        quietWindows: 2,
        closedAt: moment(3),
        closedBecause: '2 windows without it',
      };
      await watches.keep(window(2), [closed]);
      expect(await watches.openIncidents(name)).toEqual([]);
      expect(await watches.incident(id())).toEqual(closed);
      expect(await codeOf(watches.keep(window(3), [graver]))).toBe('CONFLICT');
    });

    it('open anew under the same cause once the one before is closed', async () => {
      await watches.close(id(), 'ann', 'it was the sensor');
      await watches.keep(window(1), [incident('b')]);
      const { incidents } = await watches.incidents({ projects: [name.project] });
      expect(incidents.map((one) => one.id)).toEqual([incident('b').id, id()]);
    });

    it('are acknowledged and closed by people, who are named', async () => {
      expect(await watches.acknowledge(id(), 'bob')).toMatchObject({ acknowledgedBy: 'bob' });
      const closed = await watches.close(id(), 'ann', 'it was the sensor');
      expect(closed).toMatchObject({
        closedBy: 'ann',
        closedBecause: 'it was the sensor',
        acknowledgedBy: 'bob',
      });
      expect(await codeOf(watches.close(id(), 'ann', 'again'))).toBe('CONFLICT');
      expect(await codeOf(watches.acknowledge(id(), 'ann'))).toBe('CONFLICT');
      expect(await codeOf(watches.acknowledge('none', 'ann'))).toBe('NOT_FOUND');
      expect(await codeOf(watches.incident('none'))).toBe('NOT_FOUND');
    });

    it('are listed page by page, open or closed', async () => {
      await watches.keep(window(1), [incident('b', { cause: 'skew:null-burst', kind: 'data-skew' })]);
      const projects = [name.project];
      const first = await watches.incidents({ projects, limit: 1 });
      expect(first.incidents).toMatchObject([{ kind: 'data-skew' }]);
      const second = await watches.incidents({ projects, limit: 1, after: first.next ?? '' });
      expect(second).toMatchObject({ incidents: [{ kind: 'covariate-drift' }], next: null });
      await watches.close(id(), 'ann', 'over');
      expect((await watches.incidents({ projects, isOpen: true })).incidents).toHaveLength(1);
      expect((await watches.incidents({ projects, isOpen: false })).incidents).toHaveLength(1);
      expect((await watches.incidents({ projects: ['nowhere'] })).incidents).toEqual([]);
      expect(await codeOf(watches.incidents({ after: 'no cursor' }))).toBe('REQUEST_INVALID');
    });
  });

  it('a silence has an owner and an end', async () => {
    const made = await watches.silence({ ...name, kind: null, owner: 'ann', reason: 'a fair', until: later });
    await watches.silence({ ...name, kind: 'data-skew', owner: 'bob', reason: 'over', until: moment(1) });
    expect(await watches.silences(name, moment(2))).toEqual([made]);
    const unknown = { ...name, endpoint: 'none', kind: null, owner: 'ann', reason: 'x', until: later };
    expect(await codeOf(watches.silence(unknown))).toBe('ENDPOINT_NOT_FOUND');
  });

  it('a reference is that of a version and a rule, the first that was made', async () => {
    const of = { project: name.project, model: 'delay', version: 1, rule: 'b'.repeat(64) };
    expect(await watches.reference(of)).toBeUndefined();
    expect(await watches.putReference(of, blob)).toEqual(blob);
    expect(await watches.putReference(of, { ...blob, bytes: 11 })).toEqual(blob);
    expect(await watches.reference({ ...of, rule: 'c'.repeat(64) })).toBeUndefined();
    expect(await codeOf(watches.putReference({ ...of, version: 9 }, blob))).toBe('MODEL_NOT_FOUND');
  });
}
