import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { Distribution, histogramOf } from '../../serving/metrics/histogram.js';

test('a histogram that is counted here reads as one that the library counts', async () => {
  const bounds = [0.001, 0.25, 1, 10];
  const [own, theirs] = [new Registry(), new Registry()];
  const name = 'seconds';
  const of = { 'a "b"': new Distribution(bounds), c: new Distribution(bounds) };
  const library = new Histogram({
    name,
    help: 'Time.',
    labelNames: ['path'],
    buckets: bounds,
    registers: [theirs],
  });
  own.registerMetric(
    histogramOf({
      ...{ name, help: 'Time.', bounds },
      series: () => Object.entries(of).map(([path, values]) => ({ labels: { path }, of: values })),
    }),
  );
  const values = [0, 0.001, 0.0011, 0.25, 0.5, 1, 9, 10, 11, 1e9];
  for (const value of values) {
    for (const path of ['a "b"', 'c'] as const) {
      of[path].add(value);
      library.observe({ path }, value);
    }
    of.c.add(value);
    library.observe({ path: 'c' }, value);
  }
  expect(await own.metrics()).toBe(await theirs.metrics());
});
