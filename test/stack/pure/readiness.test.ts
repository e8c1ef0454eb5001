import { describe, expect, it } from 'vitest';
import { askUntilReady, parseReadyLine } from '../../../stack/readiness.js';

describe('parseReadyLine', () => {
  it('takes a line that begins with the words and is JSON', () => {
    expect(parseReadyLine('{"ready":true,"process":"cpu"}')).toEqual({ ready: true, process: 'cpu' });
  });

  it.each(['', 'ready', '{"ready":false}', ' {"ready":true}', '{"level":30,"ready":true}'])(
    'ignores "%s"',
    (line) => {
      expect(parseReadyLine(line)).toBeUndefined();
    },
  );

  it('refuses a line that begins so and breaks off', () => {
    expect(() => parseReadyLine('{"ready":true,"proc')).toThrow('a ready line is not JSON');
  });
});

describe('askUntilReady', () => {
  it('asks again after a no and after a failure', async () => {
    const answers = [
      () => false,
      () => {
        throw new Error('not yet');
      },
      () => true,
    ];
    let asked = 0;
    await askUntilReady(async () => answers[asked++]?.() ?? false, new AbortController().signal);
    expect(asked).toBe(3);
  });

  it('ends when it is aborted', async () => {
    const never = askUntilReady(async () => false, AbortSignal.timeout(100));
    await expect(never).rejects.toThrow();
  });
});
