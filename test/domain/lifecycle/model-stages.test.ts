import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayMove, modelLifecycle, type StageEvent } from '../../../domain/lifecycle/model-stages.js';
import { type ModelStage, modelStages } from '../../../domain/ports/champions.js';

type Line = readonly ModelStage[];
type Step = { readonly event: StageEvent; readonly at: number; readonly to: ModelStage };

/** The versions of one model after a step; the same line where the table does not allow it. */
function after(line: Line, { event, at, to }: Step): Line {
  const [champion, previous] = [line.indexOf('champion'), line.indexOf('previous')];
  const moves: [number, ModelStage][] =
    event === 'promote'
      ? [
          [at, 'champion'],
          [champion, 'previous'],
          [previous, 'archived'],
        ]
      : event === 'rollBack'
        ? [
            [previous, 'champion'],
            [champion, 'archived'],
          ]
        : [[at, to]];
  const real = moves.filter(([index]) => index >= 0);
  const isWhole = event !== 'rollBack' || real.length === 2;
  const isAllowed = real.every(([index, wanted]) => {
    const from = line[index];
    return from !== undefined && mayMove(from, wanted, event);
  });
  if (!isWhole || !isAllowed) return line;
  return line.map((stage, index) => real.find(([moved]) => moved === index)?.[1] ?? stage);
}

const steps = fc.array(
  fc.record<Step>({
    event: fc.constantFrom('judge', 'promote', 'rollBack', 'retire'),
    at: fc.nat(4),
    to: fc.constantFrom(...modelStages),
  }),
  { maxLength: 60 },
);
const beginning: Line = Array(5).fill('registered');
const history = (taken: readonly Step[]) =>
  taken.reduce<Line[]>(
    (lines, step) => {
      lines.push(after(lines.at(-1) ?? beginning, step));
      return lines;
    },
    [beginning],
  );
const count = (line: Line, stage: ModelStage) => line.filter((one) => one === stage).length;

describe('the lifecycle of model versions', () => {
  it('has one champion and one previous at most, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        for (const line of history(taken)) {
          expect(count(line, 'champion')).toBeLessThanOrEqual(1);
          expect(count(line, 'previous')).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('never is without a champion once there was one', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const live = history(taken).map((line) => count(line, 'champion'));
        expect(live).toEqual(live.toSorted());
      }),
    );
  });

  it('lets nothing become champion that was neither a candidate nor the version before', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const lines = history(taken);
        for (const [turn, line] of lines.entries()) {
          const before = lines[turn - 1];
          const at = line.indexOf('champion');
          if (before === undefined || at < 0 || before[at] === 'champion') continue;
          expect(['candidate', 'previous']).toContain(before[at]);
        }
      }),
    );
  });

  it('brings nothing back that was retired, and retires nothing that is live', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const lines = history(taken);
        for (const [turn, line] of lines.entries()) {
          for (const [at, stage] of (lines[turn - 1] ?? []).entries()) {
            if (stage === 'retired') expect(line[at]).toBe('retired');
            if (line[at] === 'retired') expect(['champion', 'previous']).not.toContain(stage);
          }
        }
      }),
    );
  });

  it('reaches every stage from the first', () => {
    const reached = new Set<ModelStage>(['registered']);
    for (const stage of reached) {
      for (const to of Object.keys(modelLifecycle[stage]) as ModelStage[]) reached.add(to);
    }
    expect([...reached].toSorted()).toEqual(modelStages.toSorted());
  });
});
