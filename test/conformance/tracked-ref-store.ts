import { beforeEach, expect, it } from 'vitest';
import type { TrackedRefStore } from '../../domain/ports/tracked-refs.js';
import type { TriggerStore } from '../../domain/ports/trigger-events.js';
import { codeOf } from './error-code.js';
import { alarm } from './trigger-store-subject.js';

interface TrackedRefSubject {
  readonly trackedRefs: TrackedRefStore;
  readonly triggers: TriggerStore;
  readonly project: string;
}

/** `make` gives a known project of which no ref was followed. */
export function trackedRefStoreConformance(make: () => Promise<TrackedRefSubject>): void {
  let refs: TrackedRefStore;
  let triggers: TriggerStore;
  let project: string;
  beforeEach(async () => {
    ({ trackedRefs: refs, triggers, project } = await make());
  });
  const ref = 'refs/heads/main';
  const [first, second] = ['a'.repeat(40), 'b'.repeat(40)];
  const move = (from: string | null, to: string | null, ...keys: string[]) =>
    refs.move(
      { project, ref, from, to },
      keys.map((key) => alarm(project, key)),
    );
  const recorded = async () => (await triggers.list({ project })).events.map(({ key }) => key).toSorted();

  it('follows a ref from its first head, with what each leads to', async () => {
    expect(await refs.get(project, ref)).toBeUndefined();
    expect(await move(null, first, 'one')).toBe(true);
    const followed = await refs.get(project, ref);
    expect(followed).toEqual({ project, ref, commit: first, handledAt: expect.any(String) });
    expect(await move(first, second, 'two', 'three')).toBe(true);
    expect(await refs.get(project, ref)).toMatchObject({ commit: second });
    expect(await recorded()).toEqual(['one', 'three', 'two']);
  });

  it('writes nothing where another one has moved it', async () => {
    expect(await move(first, second, 'early')).toBe(false);
    await move(null, first);
    for (const from of [null, second]) expect(await move(from, second, 'late')).toBe(false);
    expect(await refs.get(project, ref)).toMatchObject({ commit: first });
    expect(await recorded()).toEqual([]);
  });

  it('lets one of many at once move it', async () => {
    for (const from of [null, first]) {
      const to = from === null ? first : second;
      const all = await Promise.all([1, 2, 3, 4].map((turn) => move(from, to, `${to[0]}-${turn}`)));
      expect(all.filter((moved) => moved)).toHaveLength(1);
    }
    expect(await recorded()).toHaveLength(2);
  });

  it('knows a ref that is gone, and takes it up again', async () => {
    await move(null, first);
    expect(await move(first, null)).toBe(true);
    expect(await refs.get(project, ref)).toMatchObject({ commit: null });
    expect(await move(null, second)).toBe(true);
    expect(await refs.get(project, ref)).toMatchObject({ commit: second });
  });

  it('lists the refs of a project', async () => {
    await move(null, first);
    await refs.move({ project, ref: 'refs/heads/exp', from: null, to: second }, []);
    expect((await refs.list(project)).map((one) => one.ref)).toEqual(['refs/heads/exp', ref]);
    expect(await refs.list('nowhere')).toEqual([]);
  });

  it('moves nothing where what that leads to cannot be recorded', async () => {
    const strange = refs.move({ project, ref, from: null, to: first }, [alarm('nowhere', 'one')]);
    expect(await codeOf(strange)).toBe('PROJECT_NOT_FOUND');
    expect(await refs.get(project, ref)).toBeUndefined();
    const nowhere = refs.move({ project: 'nowhere', ref, from: null, to: first }, []);
    expect(await codeOf(nowhere)).toBe('PROJECT_NOT_FOUND');
  });
}
