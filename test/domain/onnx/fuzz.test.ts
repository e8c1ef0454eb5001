import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { modelInterface } from '../../../domain/onnx/model-interface.js';
import { scanStructure } from '../../../domain/onnx/scan-structure.js';
import { sniffModelFile } from '../../../domain/onnx/sniff/sniff-model-file.js';
import { fixtureBytes } from './fixtures.js';
import { functionBomb, nestedIf } from './hostile-models.js';
import { model } from './onnx-writer.js';

/** Whatever the bytes are: a format, a verdict with reasons, and an interface or a refusal. Nothing else is thrown. */
function readsOrRefuses(bytes: Uint8Array): boolean {
  sniffModelFile(bytes);
  const verdict = scanStructure(bytes);
  const told = verdict.ok || verdict.findings.length > 0;
  try {
    modelInterface(bytes);
  } catch (error) {
    return told && error instanceof RatchetError;
  }
  return told;
}

test('random bytes are refused with a finding', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      (bytes) => readsOrRefuses(bytes) && !scanStructure(bytes).ok,
    ),
    { numRuns: 2000 },
  );
});

const seeds = [model(), nestedIf(3), functionBomb(4), fixtureBytes('logistic'), fixtureBytes('kmeans')];

test('a model with bytes changed, taken out or put in is read or refused, never more', () => {
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 8 }),
    put: fc.uint8Array({ maxLength: 8 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 6 }), (seed, edits) => {
      const bytes = edits.reduce<Uint8Array>((before, { at, cut, put }) => {
        const start = at % before.length;
        return Uint8Array.from([...before.subarray(0, start), ...put, ...before.subarray(start + cut)]);
      }, seed);
      return readsOrRefuses(bytes);
    }),
    { numRuns: 2000 },
  );
});

test('a truncated model is refused wherever it is cut', () => {
  const whole = fixtureBytes('logistic');
  for (let length = 0; length < whole.length; length += 1) {
    const cut = whole.subarray(0, length);
    expect(readsOrRefuses(cut)).toBe(true);
    const verdict = scanStructure(cut);
    // Cut between two fields the file is well formed, but lacks the versions that stand at its end.
    expect(verdict.ok ? length : -1).toBe(-1);
  }
});
