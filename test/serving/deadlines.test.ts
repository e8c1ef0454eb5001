import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeadlines } from '../../serving/batching/deadlines.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched() {
  const open = new Set<{ readonly name: string; readonly dueMs: number }>();
  const ended: string[] = [];
  const deadlines = createDeadlines(open, (late) => {
    open.delete(late);
    ended.push(late.name);
  });
  const add = (name: string, inMs: number) => {
    const one = { name, dueMs: performance.now() + inMs };
    open.add(one);
    deadlines.watch(one);
    return () => open.delete(one);
  };
  return { ended, add };
}

test('each is ended when it is due, in whatever order they came', () => {
  const { ended, add } = watched();
  for (const inMs of [50, 10, 90, 30]) add(String(inMs), inMs);
  vi.advanceTimersByTime(9);
  expect(ended).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ended).toEqual(['10']);
  vi.advanceTimersByTime(45);
  expect(ended).toEqual(['10', '30', '50']);
  vi.advanceTimersByTime(40);
  expect(ended).toEqual(['10', '30', '50', '90']);
});

test('what is over before it is due is left alone, and what comes later is watched', () => {
  const { ended, add } = watched();
  const isOver = add('answered', 20);
  isOver();
  vi.advanceTimersByTime(100);
  add('late', 5);
  vi.advanceTimersByTime(5);
  expect(ended).toEqual(['late']);
  expect(vi.getTimerCount()).toBe(0);
});

test('one that is due further away than any timer reaches is not ended before', () => {
  const { ended, add } = watched();
  add('patient', 2 ** 40);
  vi.advanceTimersByTime(2 ** 31);
  expect(ended).toEqual([]);
  expect(vi.getTimerCount()).toBe(1);
});
