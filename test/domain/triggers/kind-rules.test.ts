import { describe, expect, it } from 'vitest';
import { type CauseKind, causeKinds } from '../../../domain/names.js';
import type { Hold, LineState } from '../../../domain/ports/trigger-events.js';
import { decideLine } from '../../../domain/triggers/decide-line.js';
import { kindRules } from '../../../domain/triggers/kind-rules.js';
import { fates, madeEvent, minute, questionOf, settingsOf } from './made-events.js';

const running = { runId: 'run-1', startedAt: minute(0) };
const hold: Hold = { project: 'p', model: 'm', by: 'omar', reason: 'an audit', since: minute(0) };
const week = { runs: 0, computeMinutes: 0 };

describe('an event alone', () => {
  const kinds: readonly CauseKind[] = causeKinds;
  const situations = {
    nothing: [{}, settingsOf()],
    'a run in flight': [{ inFlight: [running] }, settingsOf()],
    'a run in flight that may be replaced': [{ inFlight: [running] }, settingsOf({ inFlight: 'replace' })],
    'a cool-down': [{ lastAutomaticAt: minute(-10) }, settingsOf({ coolDown: '1 hour' })],
    'a cool-down that ended': [{ lastAutomaticAt: minute(-60) }, settingsOf({ coolDown: '1 hour' })],
    'no runs left': [{ used: { ...week, runs: 3 } }, settingsOf({}, { budgets: { runsPerWeek: 3 } })],
    'no minutes left': [
      { used: { ...week, computeMinutes: 60.5 } },
      settingsOf({}, { budgets: { computeMinutesPerWeek: 60 } }),
    ],
    'data that is wrong': [
      {},
      settingsOf({}, { blockedBy: { id: 'inc-1', kind: 'data-skew', endpoint: 'live' } }),
    ],
    'a debounce': [{}, settingsOf({ debounce: '5 minutes' })],
    'a veto': [{}, settingsOf({ veto: '30 minutes' })],
    'a hold': [{ hold }, settingsOf()],
    'a rollout': [{}, settingsOf({}, { rolloutInFlight: true })],
  } as const satisfies Record<string, readonly [Partial<LineState>, ReturnType<typeof settingsOf>]>;

  /** By kind, in the order of `causeKinds`. */
  const expected: Record<keyof typeof situations, Record<CauseKind, string>> = {
    nothing: all('started'),
    'a run in flight': { ...all('waits'), monitoring: 'suppressed cool-down' },
    'a run in flight that may be replaced': {
      ...all('waits'),
      monitoring: 'suppressed cool-down',
      push: 'started',
      manual: 'started',
    },
    'a cool-down': {
      ...all('waits'),
      monitoring: 'suppressed cool-down',
      push: 'started',
      manual: 'started',
    },
    'a cool-down that ended': all('started'),
    'no runs left': {
      ...all('waits'),
      monitoring: 'suppressed budget',
      schedule: 'suppressed budget',
      push: 'started',
      manual: 'started',
    },
    'no minutes left': {
      ...all('waits'),
      monitoring: 'suppressed budget',
      schedule: 'suppressed budget',
      push: 'started',
      manual: 'started',
    },
    'data that is wrong': { ...all('waits'), push: 'started', manual: 'started' },
    'a debounce': { ...all('waits'), manual: 'started' },
    'a veto': { ...all('waits'), push: 'started', manual: 'started' },
    'a hold': { ...all('waits'), manual: 'suppressed held' },
    'a rollout': all('waits'),
  };

  function all(fate: string): Record<CauseKind, string> {
    return Object.fromEntries(kinds.map((kind) => [kind, fate])) as Record<CauseKind, string>;
  }

  it.each(
    (Object.keys(situations) as (keyof typeof situations)[]).flatMap((situation) =>
      kinds.map((kind) => [kind, situation, expected[situation][kind]] as const),
    ),
  )('of kind %s in front of %s: %s', (kind, situation, fate) => {
    const [state, settings] = situations[situation];
    const decided = decideLine(questionOf([madeEvent(kind, 'it')], settings, state));
    expect(fates(decided, ['it'])).toEqual([fate]);
    expect(decided.waitsFor === null).toBe(fate !== 'waits');
    expect(decided.start?.automatic ?? kindRules[kind].isAutomatic).toBe(kindRules[kind].isAutomatic);
  });
});
