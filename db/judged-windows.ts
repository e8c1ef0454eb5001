import type { JudgedWindow } from '../domain/ports/watches.js';
import type { judgedWindows } from './schema/watches.js';

export function toWindow({ from, to, judgedAt, ...row }: typeof judgedWindows.$inferSelect): JudgedWindow {
  return {
    ...row,
    from: from.toISOString(),
    to: to.toISOString(),
    judgedAt: judgedAt.toISOString(),
  };
}
