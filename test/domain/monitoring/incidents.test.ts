import { describe, expect, it } from 'vitest';
import type { IncidentKind } from '../../../domain/monitoring/incident-kinds.js';
import type { CauseObservation, Incident } from '../../../domain/monitoring/incidents/incident.js';
import { nextIncidents } from '../../../domain/monitoring/incidents/next-incidents.js';

const at = '2026-01-08T00:00:00.000Z';
const seen = (kind: IncidentKind, cause = 'model'): CauseObservation => ({
  cause,
  kind: 'seen',
  sight: { window: { from: at, to: at }, kind, because: 'it was seen', columns: ['temp'] },
});
const quiet: CauseObservation = { cause: 'model', kind: 'quiet' };

/** Plays windows one after another, and gives what is open at the end and all that was closed. */
function play(windows: readonly (readonly CauseObservation[])[]) {
  let open: readonly Incident[] = [];
  const closed: Incident[] = [];
  let opened = 0;
  for (const observed of windows) {
    const changes = nextIncidents(open, observed, { at, quietWindows: 2 });
    opened += changes.opened.length;
    closed.push(...changes.closed);
    const touched = [...changes.updated, ...changes.closed].map(({ cause }) => cause);
    open = [...open.filter(({ cause }) => !touched.includes(cause)), ...changes.updated, ...changes.opened];
  }
  return { open, closed, opened };
}

describe('incidents of an endpoint', () => {
  it('are one a cause, however many windows see it', () => {
    const { open, opened } = play([
      [seen('covariate-drift')],
      [seen('covariate-drift')],
      [seen('covariate-drift')],
    ]);
    expect(opened).toBe(1);
    expect(open[0]?.sights).toHaveLength(3);
  });

  it('are two where two causes are seen in one window', () => {
    expect(play([[seen('data-skew', 'data:temp'), seen('covariate-drift')]]).open).toHaveLength(2);
  });

  it('turn graver, and do not turn back while they are open', () => {
    const { open } = play([[seen('covariate-drift')], [seen('harmful-drift')], [seen('covariate-drift')]]);
    expect(open[0]?.kind).toBe('harmful-drift');
  });

  it('close at once where they are over, and say why', () => {
    const over: CauseObservation = { cause: 'model', kind: 'over', because: 'version 2 answers' };
    const { open, closed } = play([
      [seen('harmful-drift')],
      [over, seen('covariate-drift', 'model:2')],
      [over],
    ]);
    expect(open.map(({ cause }) => cause)).toEqual(['model:2']);
    expect(closed).toMatchObject([{ cause: 'model', closedBecause: 'version 2 answers' }]);
  });

  it('close after so many quiet windows in a row', () => {
    const { open, closed } = play([
      [seen('covariate-drift')],
      [quiet],
      [seen('covariate-drift')],
      [quiet],
      [quiet],
    ]);
    expect(open).toEqual([]);
    expect(closed).toHaveLength(1);
  });

  it('do not close by windows that could not be judged', () => {
    const unknown: CauseObservation = { cause: 'model', kind: 'inconclusive' };
    expect(play([[seen('covariate-drift')], [quiet], [unknown], [unknown], [unknown]]).open).toHaveLength(1);
  });

  it('open anew when the cause comes back', () => {
    expect(play([[seen('covariate-drift')], [quiet], [quiet], [seen('covariate-drift')]]).opened).toBe(2);
  });

  it('are not opened by silence', () => {
    expect(play([[quiet], []])).toEqual({ open: [], closed: [], opened: 0 });
  });
});
