import type { Watermark, WatermarkStore } from '../../../domain/ports/watermarks.js';
import { isFurther } from '../../../domain/triggers/compare-watermarks.js';
import { type MemoryState, now, requireProject } from './memory-state.js';

export function createMemoryWatermarks(state: MemoryState): WatermarkStore {
  const watermarks = new Map<string, Watermark>();
  const nameOf = ({ project, model, name }: Parameters<WatermarkStore['get']>[0]) =>
    `${project}/${model}/${name}`;
  return {
    get: async (at) => watermarks.get(nameOf(at)),
    async confirm(watermark) {
      requireProject(state, watermark.project);
      const known = watermarks.get(nameOf(watermark));
      if (known && !isFurther(watermark, known)) return;
      watermarks.set(nameOf(watermark), { ...watermark, confirmedAt: now() });
    },
    list: async (project, model) =>
      [...watermarks.values()]
        .filter((one) => one.project === project && one.model === model)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
