import { beforeEach, expect, it } from 'vitest';
import { triggersSchema } from '../../domain/config/triggers.js';
import type { ModelLine, ModelLineStore } from '../../domain/ports/model-lines.js';
import { codeOf } from './error-code.js';

/** `make` gives a known project without lines. */
export function modelLineStoreConformance(
  make: () => Promise<{ readonly modelLines: ModelLineStore; readonly project: string }>,
): void {
  let lines: ModelLineStore;
  let project: string;
  beforeEach(async () => {
    ({ modelLines: lines, project } = await make());
  });
  const triggers = triggersSchema.parse({
    schedules: { nightly: { cron: '0 3 * * *' } },
    handling: { coolDown: '1 hour' },
  });
  const lineOf = (model: string, change: Partial<ModelLine> = {}): ModelLine => {
    const rest = { commit: 'a'.repeat(40), owner: 'ann', triggers, parts: [`models/${model}`, 'shared'] };
    return { project, model, path: `models/${model}`, ...rest, ...change };
  };

  it('gives back what was put', async () => {
    await lines.put(project, [lineOf('price', { owner: null }), lineOf('delay')]);
    expect(await lines.get(project, 'delay')).toEqual(lineOf('delay'));
    expect(await lines.list(project)).toEqual([lineOf('delay'), lineOf('price', { owner: null })]);
  });

  it('replaces all lines of a project, and none of another', async () => {
    await lines.put(project, [lineOf('delay'), lineOf('price')]);
    const changed = lineOf('delay', { commit: 'b'.repeat(40), parts: [] });
    await lines.put(project, [changed]);
    expect(await lines.list(project)).toEqual([changed]);
    await lines.put(project, []);
    expect(await lines.list(project)).toEqual([]);
  });

  it('is as one of two puts it, of both at once', async () => {
    const wanted = [
      [lineOf('delay'), lineOf('price')],
      [lineOf('delay'), lineOf('arrival')],
    ];
    await Promise.all(wanted.map((each) => lines.put(project, each)));
    expect(await lines.list(project)).toHaveLength(2);
  });

  it('says so where there is no such project, or model', async () => {
    expect(await codeOf(lines.put('nowhere', []))).toBe('PROJECT_NOT_FOUND');
    expect(await codeOf(lines.get(project, 'none'))).toBe('MODEL_NOT_FOUND');
    expect(await lines.list('nowhere')).toEqual([]);
  });
}
