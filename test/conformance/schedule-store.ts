import { beforeEach, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import type { DeclaredSchedule, ScheduleStore } from '../../domain/ports/schedules.js';
import { codeOf } from './error-code.js';

/** `make` gives a known project without schedules. */
export function scheduleStoreConformance(
  make: () => Promise<{ readonly schedules: ScheduleStore; readonly project: string }>,
): void {
  let schedules: ScheduleStore;
  let project: string;
  beforeEach(async () => {
    ({ schedules, project } = await make());
  });
  const idOf = (name: string) => workflowIds.fireSchedule(project, 'delay', name);
  const slot = (name: string, change: Partial<DeclaredSchedule> = {}): DeclaredSchedule => ({
    ...{ id: idOf(name), project, model: 'delay', name, kind: 'slot' },
    ...{ declared: 'a'.repeat(64), described: 'b'.repeat(64), ...change },
  });
  const pause = (reason: string, by = 'ann') => schedules.pause({ id: idOf('nightly'), project, by, reason });

  it('gives back what was put, by id, and the newest of each', async () => {
    const refs = slot('', { id: workflowIds.reconcileRefs(project), model: null, name: null, kind: 'refs' });
    await schedules.put(slot('weekly'));
    await schedules.put(slot('nightly'));
    await schedules.put(refs);
    expect(await schedules.list(project)).toEqual([refs, slot('nightly'), slot('weekly')]);
    const changed = slot('nightly', { declared: 'c'.repeat(64), described: '' });
    await schedules.put(changed);
    expect(await schedules.list(project)).toEqual([refs, changed, slot('weekly')]);
  });

  it('forgets one, and nothing where it is not there', async () => {
    await schedules.put(slot('nightly'));
    await schedules.put(slot('weekly'));
    await schedules.remove(project, idOf('nightly'));
    await schedules.remove(project, idOf('nightly'));
    await schedules.remove('nowhere', idOf('weekly'));
    expect(await schedules.list(project)).toEqual([slot('weekly')]);
  });

  it('remembers who paused a schedule and why, also before it is there', async () => {
    const paused = await pause('the source is being moved');
    expect(paused).toEqual({
      ...{ id: idOf('nightly'), project, by: 'ann', reason: 'the source is being moved' },
      since: expect.any(String),
    });
    expect(await schedules.pauses(project)).toEqual([paused]);
    expect(await schedules.list(project)).toEqual([]);
    expect(await schedules.pauses('nowhere')).toEqual([]);
  });

  it('replaces who and why of a pause, and leaves since when', async () => {
    const { since } = await pause('one');
    expect(await pause('two \0', 'bob')).toMatchObject({ by: 'bob', reason: 'two \uFFFD', since });
    expect(await schedules.pauses(project)).toHaveLength(1);
  });

  it('resumes what is paused, once', async () => {
    const paused = await pause('one');
    expect(await schedules.resume({ id: idOf('nightly'), project }, 'bob')).toEqual(paused);
    expect(await schedules.pauses(project)).toEqual([]);
    expect(await codeOf(schedules.resume({ id: idOf('nightly'), project }, 'bob'))).toBe('CONFLICT');
  });

  it('keeps a pause of a schedule that goes and comes back', async () => {
    await schedules.put(slot('nightly'));
    await pause('one');
    await schedules.remove(project, idOf('nightly'));
    await schedules.put(slot('nightly'));
    expect(await schedules.pauses(project)).toMatchObject([{ id: idOf('nightly'), reason: 'one' }]);
  });

  it('says so where there is no such project', async () => {
    expect(await codeOf(schedules.put(slot('nightly', { project: 'nowhere' })))).toBe('PROJECT_NOT_FOUND');
    const nowhere = { id: 'x', project: 'nowhere', by: 'ann', reason: 'why' };
    expect(await codeOf(schedules.pause(nowhere))).toBe('PROJECT_NOT_FOUND');
    expect(await schedules.list('nowhere')).toEqual([]);
  });
}
