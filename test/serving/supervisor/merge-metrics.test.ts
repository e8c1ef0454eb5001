import { expect, it } from 'vitest';
import { mergeMetrics } from '../../../serving/supervisor/merge-metrics.js';

const page = (count: number) =>
  [
    '# HELP requests_total Requests.',
    '# TYPE requests_total counter',
    `requests_total{route="/predict",status="200"} ${count}`,
    'requests_total 1',
    '',
    '# HELP seconds Times.',
    '# TYPE seconds histogram',
    `seconds_bucket{le="+Inf"} ${count}`,
    `seconds_sum ${count}`,
    '',
  ].join('\n');

it('puts pages together, each family once, each sample with its replica', () => {
  const merged = mergeMetrics([
    { id: 'a-1', text: page(3) },
    { id: 'a-2', text: page(4) },
  ]);
  expect(merged.split('\n')).toEqual([
    '# HELP requests_total Requests.',
    '# TYPE requests_total counter',
    'requests_total{replica="a-1",route="/predict",status="200"} 3',
    'requests_total{replica="a-1"} 1',
    'requests_total{replica="a-2",route="/predict",status="200"} 4',
    'requests_total{replica="a-2"} 1',
    '',
    '# HELP seconds Times.',
    '# TYPE seconds histogram',
    'seconds_bucket{replica="a-1",le="+Inf"} 3',
    'seconds_sum{replica="a-1"} 3',
    'seconds_bucket{replica="a-2",le="+Inf"} 4',
    'seconds_sum{replica="a-2"} 4',
    '',
  ]);
});

it('is empty where nobody says anything', () => {
  expect(mergeMetrics([])).toBe('');
  expect(mergeMetrics([{ id: 'a', text: '' }])).toBe('');
});
