/** An application around the tiny model, whose answers say which of its texts they are of; `first` is done as it loads. */
export const applicationFiles = (word: string, tests = '', first = '') => ({
  'app/package.json': '{"name":"app","private":true,"type":"module","scripts":{"test":"node --test"}}',
  'app/src/application.test.ts': `import { test } from 'node:test'; test('is well', () => { ${tests} });`,
  'app/src/application.ts': `
${first}
export const application = {
  api: {
    version: '1.0',
    input: { x: { type: 'number' }, y: { type: 'number' } },
    output: { chance: { type: 'number' }, word: { type: 'string' } },
  },
  metrics: {},
  examples: [{ x: 1, y: 2 }],
  preprocess: (row: { x: number; y: number }) => ({ x: row.x, y: row.y }),
  postprocess: (prediction: unknown) => ({ chance: Number(prediction), word: '${word}' }),
};
`,
});
