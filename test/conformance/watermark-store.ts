import { beforeEach, expect, it } from 'vitest';
import type { Watermark, WatermarkStore } from '../../domain/ports/watermarks.js';
import { codeOf } from './error-code.js';

/** `make` gives a known project without watermarks. */
export function watermarkStoreConformance(
  make: () => Promise<{ readonly watermarks: WatermarkStore; readonly project: string }>,
): void {
  let watermarks: WatermarkStore;
  let project: string;
  beforeEach(async () => {
    ({ watermarks, project } = await make());
  });
  const mark = (change: Partial<Watermark> = {}) => {
    const taken = { value: '9', inLateness: 2, dataset: 'flights@1' };
    return { project, model: 'delay', name: 'rows', ...taken, ...change };
  };
  const stored = () => watermarks.get(mark());

  it('is what was confirmed', async () => {
    expect(await stored()).toBeUndefined();
    await watermarks.confirm(mark());
    expect(await stored()).toEqual({ ...mark(), confirmedAt: expect.any(String) });
    await watermarks.confirm(mark({ name: 'objects' }));
    await watermarks.confirm(mark({ model: 'price' }));
    const listed = await watermarks.list(project, 'delay');
    expect(listed.map(({ name }) => name)).toEqual(['objects', 'rows']);
  });

  it('moves forward, by value, and by late rows where that stays', async () => {
    await watermarks.confirm(mark());
    for (const further of [mark({ inLateness: 3, dataset: 'flights@2' }), mark({ value: '10' })]) {
      await watermarks.confirm(further);
      expect(await stored()).toMatchObject(further);
    }
  });

  it('does not move back, and the same again changes nothing', async () => {
    await watermarks.confirm(mark({ value: '10' }));
    const before = await stored();
    const others = [mark({ value: '10', dataset: 'flights@2' }), mark({ inLateness: 7 })];
    for (const other of [...others, mark({ value: '10', inLateness: 1 })]) await watermarks.confirm(other);
    expect(await stored()).toEqual(before);
  });

  it('is the furthest of many that are confirmed at once', async () => {
    const values = ['7', '11', '3', '20', '5'];
    await Promise.all(values.map((value) => watermarks.confirm(mark({ value }))));
    expect(await stored()).toMatchObject({ value: '20' });
  });

  it('is of a project that is known', async () => {
    expect(await codeOf(watermarks.confirm(mark({ project: 'nowhere' })))).toBe('PROJECT_NOT_FOUND');
  });
}
