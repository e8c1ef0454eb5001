import type { Notice } from '../../domain/ports/outbox.js';

/** A notice that a run was refused. */
export function testNotice(project: string, key: string, change: Partial<Notice> = {}): Notice {
  return {
    ...{ key, project, model: 'delay', kind: 'run.refused', title: `a run of ${project} was refused` },
    ...{ lines: ['recall is 0.1, limit 0.5'], to: ['ann'], commit: null, state: 'failure', runId: null },
    at: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}
