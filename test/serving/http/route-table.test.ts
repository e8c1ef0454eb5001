import { expect, test } from 'vitest';
import { compileRoutes } from '../../../serving/http/route-table.js';

const handle = () => 'streamed' as const;
const find = compileRoutes([
  { method: 'POST', path: '/models/{model}', handle },
  { method: 'GET', path: '/models/{model}', handle },
]);

test('each of many addresses is found with its own names and verb, the first time and again', () => {
  for (let round = 0; round < 2; round += 1) {
    for (let n = 0; n < 1200; n += 1) {
      for (const method of ['POST', 'GET', 'HEAD'] as const) {
        const { route, names } = find(method, `/models/m${n}`);
        expect([route.method, names['model']]).toEqual([method === 'HEAD' ? 'GET' : method, `m${n}`]);
      }
    }
  }
});

test('an address that was found is still refused to a verb that it does not answer', () => {
  find('POST', '/models/a');
  expect(() => find('DELETE', '/models/a')).toThrow('this address answers POST, GET, HEAD alone');
  expect(() => find('POST', '/models/a/b')).toThrow('there is nothing under this address');
});
