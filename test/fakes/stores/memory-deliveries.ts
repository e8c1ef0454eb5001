import type { Delivery, DeliveryStore } from '../../../domain/ports/deliveries.js';
import { type MemoryState, now, requireProject } from './memory-state.js';

/** Webhooks in memory, in the order they came. */
export function createMemoryDeliveries(state: MemoryState): DeliveryStore {
  const rows: Delivery[] = [];
  const indexOf = (project: string, id: string) =>
    rows.findIndex((row) => row.project === project && row.id === id);
  return {
    async store({ id, project, form, content }) {
      requireProject(state, project);
      const at = indexOf(project, id);
      const known = rows[at];
      const delivery: Delivery = known
        ? { ...known, repeats: known.repeats + 1 }
        : {
            id,
            project,
            form,
            content: structuredClone(content),
            receivedAt: now(),
            repeats: 0,
            status: 'pending',
            result: null,
            handledAt: null,
          };
      if (known) rows[at] = delivery;
      else rows.push(delivery);
      return { delivery, created: known === undefined };
    },
    pending: async (limit, without = []) =>
      rows
        .filter(({ status, project }) => status === 'pending' && !without.includes(project))
        .slice(0, limit),
    async finish({ project, id }, status, result) {
      const at = indexOf(project, id);
      const row = rows[at];
      if (row?.status === 'pending') rows[at] = { ...row, status, result, handledAt: now() };
    },
    list: async (project, limit) =>
      rows
        .filter((row) => row.project === project)
        .reverse()
        .slice(0, limit),
    async forget(before) {
      const old = rows.filter(({ handledAt }) => handledAt !== null && handledAt < before);
      for (const { project, id } of old) rows.splice(indexOf(project, id), 1);
      return old.length;
    },
  };
}
