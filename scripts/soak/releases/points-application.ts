/** Serving code of the points, by path: what is one from `threshold` on is called one. */
export function pointsApplication(threshold: number): Readonly<Record<string, string>> {
  return {
    'package.json':
      '{ "name": "points", "private": true, "type": "module", "scripts": { "test": "node --test" } }\n',
    'src/application.ts': applicationText(threshold),
    'src/application.test.ts': testText,
  };
}

const applicationText = (threshold: number) => `const threshold = ${threshold};

export const application = {
  api: {
    version: '1.0',
    input: { x: { type: 'number', nullable: true }, y: { type: 'number' } },
    output: { isOne: { type: 'boolean' }, probability: { type: 'number' } },
  },
  metrics: {},
  examples: [{ x: 1, y: 1 }],
  sample: ({ x, y }) => (typeof y === 'number' ? { x: typeof x === 'number' ? x : null, y } : null),
  preprocess: ({ x, y }) => ({ x, y }),
  postprocess({ probabilities: [, one] }) {
    return { isOne: one >= threshold, probability: one };
  },
};
`;

const testText = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application } from './application.ts';

test('what is surely one is called one', () => {
  assert.deepEqual(application.postprocess({ probabilities: [0, 1] }), { isOne: true, probability: 1 });
});
`;
