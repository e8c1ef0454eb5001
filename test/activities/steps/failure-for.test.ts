import { describe, expect, it } from 'vitest';
import { failureFor } from '../../../activities/steps/failure-for.js';
import type { ErrorCode } from '../../../domain/errors/catalogue.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const isFinal = (code: ErrorCode, attempt: number) =>
  (failureFor(new RatchetError(code, 'words'), attempt) as { nonRetryable?: boolean }).nonRetryable;

describe('a failure', () => {
  it.each(['MODEL_KILLED', 'ENVIRONMENT_KILLED', 'BLOB_MISSING', 'INTERNAL'] as const)(
    'of kind %s is tried again, and given up as no accident after twenty attempts',
    (code) => {
      expect(isFinal(code, 1)).toBe(false);
      expect(isFinal(code, 19)).toBe(false);
      expect(isFinal(code, 20)).toBe(true);
    },
  );

  it('of a part that is away is tried again for as long as it takes', () => {
    expect(isFinal('PART_UNAVAILABLE', 5000)).toBe(false);
  });

  it('that a retry does not help is final at once', () => {
    expect(isFinal('MODEL_RUN', 1)).toBe(true);
  });
});
