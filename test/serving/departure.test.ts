import { expect, test } from 'vitest';
import { Departure, type Gone } from '../../serving/departure.js';

/** What either kind tells, and to whom. */
function play(gone: Gone, leave: (reason: unknown) => void) {
  const heard: string[] = [];
  const stopped = () => heard.push('stopped');
  gone.addEventListener('abort', () => heard.push('first'));
  gone.addEventListener('abort', stopped);
  gone.addEventListener('abort', () => heard.push('second'));
  gone.removeEventListener('abort', stopped);
  const before = gone.aborted;
  leave('tired');
  leave('again');
  return { heard, before, after: gone.aborted, reason: gone.reason };
}

test('who left is told to those that still listen, once, as a signal of abort tells it', () => {
  const departure = new Departure();
  const controller = new AbortController();
  const own = play(departure, (reason) => departure.leave(reason));
  expect(own).toEqual({ heard: ['first', 'second'], before: false, after: true, reason: 'tired' });
  expect(play(controller.signal, (reason) => controller.abort(reason))).toEqual(own);
});

test('to leave without a reason, and without anybody who listens, has a reason', () => {
  const departure = new Departure();
  departure.leave();
  expect(departure.reason).toMatchObject({ name: 'AbortError' });
});
