import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BadInput } from './bad-input.js';
import { badAddresses, badRows } from './bad-routes.js';
import { badTensors } from './bad-tensors.js';
import { type ServedPlane, servePlane } from './served-plane.js';

const badInputs = [...badTensors, ...badRows, ...badAddresses];
let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane();
});
afterAll(() => served.listening.close());

async function send({ path, body, headers = {}, method }: BadInput) {
  const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(`${served.base}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof content === 'string' ? content : new Uint8Array(content) }),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

describe('bad input', () => {
  it('is more than sixty kinds', () => {
    expect(badInputs.length).toBeGreaterThan(60);
    const whats = badInputs.map(({ path, what }) => `${path} ${what}`);
    expect(whats.length).toBe(new Set(whats).size);
  });

  it.each(badInputs)('$path: $what is refused with $status', async (bad) => {
    const { status, text, headers } = await send(bad);
    const { error, ...others } = JSON.parse(text) as { error: string };
    expect(error).toContain(bad.says);
    expect(status).toBe(bad.status);
    expect(headers.get('content-type')).toBe('application/json');
    if (status === 503 && !Object.hasOwn(others, 'ready')) expect(headers.get('retry-after')).toBe('1');
    if (status === 405) expect(headers.get('allow')).not.toBeNull();
    // A message is a sentence for the sender: no stack, no path of a file, no line of code.
    expect(error).not.toMatch(/\n|node_modules|\.ts\b|\bat \w+ \(|\/work\//);
  });

  it('leaves no trace in the log, for none of it is a defect', () => {
    expect(served.log).toEqual([]);
  });
});
