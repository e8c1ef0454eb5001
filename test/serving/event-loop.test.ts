import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { eventLoopDelay } from '../../serving/metrics/event-loop.js';

test('a thread that was held up says for how long, and only once', async () => {
  const registry = new Registry();
  eventLoopDelay(registry);
  const longest = async () => {
    const text = await registry.metrics();
    return Number(/^ratchet_event_loop_delay_seconds\{quantile="1"\} (\S+)$/m.exec(text)?.[1]);
  };
  expect(await longest()).toBe(0);
  await sleep(50);
  const until = performance.now() + 1500;
  while (performance.now() < until);
  await sleep(50);
  expect(await longest()).toBeGreaterThan(1.2);
  await sleep(100);
  expect(await longest()).toBeLessThan(1.2);
});
