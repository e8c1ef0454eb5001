import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createWaker } from '../../../gateway/hooks/wake-inbox.js';

/** A Temporal that answers when it is told to. */
function makeTemporal() {
  const waiting: { readonly answer: () => void; readonly fail: () => void }[] = [];
  let asked = 0;
  return {
    asked: () => asked,
    ask: () => {
      asked += 1;
      return new Promise<void>((resolve, reject) => {
        waiting.push({ answer: resolve, fail: () => reject(new Error('away')) });
      });
    },
    async answer() {
      waiting.shift()?.answer();
      await sleep(0);
    },
    async fail() {
      waiting.shift()?.fail();
      await sleep(0);
    },
  };
}

function makeLog() {
  const lines: string[] = [];
  return { lines, log: { warn: (_: object, text?: string) => void lines.push(text ?? '') } };
}

describe('the inbox', () => {
  it('is asked once at a time, and once more for all that came meanwhile', async () => {
    const temporal = makeTemporal();
    const { wake } = createWaker(temporal.ask, makeLog().log);
    for (let at = 0; at < 100; at += 1) wake();
    expect(temporal.asked()).toBe(1);
    await temporal.answer();
    expect(temporal.asked()).toBe(2);
    await temporal.answer();
    expect(temporal.asked()).toBe(2);
    wake();
    expect(temporal.asked()).toBe(3);
  });

  it('is asked again in a while where Temporal is away, and not at every webhook', async () => {
    const temporal = makeTemporal();
    const { lines, log } = makeLog();
    const { wake, stop } = createWaker(temporal.ask, log, 20);
    wake();
    await temporal.fail();
    expect(lines).toEqual(['the inbox of webhooks could not be woken; what came is stored']);
    for (let at = 0; at < 100; at += 1) wake();
    expect(temporal.asked()).toBe(1);
    await expect.poll(() => temporal.asked(), { timeout: 5000 }).toBe(2);
    await temporal.fail();
    await expect.poll(() => temporal.asked(), { timeout: 5000 }).toBe(3);
    expect(lines).toHaveLength(1);
    await temporal.answer();
    wake();
    expect(temporal.asked()).toBe(4);
    stop();
  });

  it('is asked no more once it is stopped', async () => {
    const temporal = makeTemporal();
    const { wake, stop } = createWaker(temporal.ask, makeLog().log, 1);
    wake();
    wake();
    stop();
    await temporal.answer();
    wake();
    await sleep(20);
    expect(temporal.asked()).toBe(1);
  });
});
