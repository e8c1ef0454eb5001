import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withRedactedErrors } from '../../../activities/training/redacted-errors.js';
import { createRedactor } from '../../../activities/training/redactor.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const secret = 'p@ss/wörd "3"';
const redactor = createRedactor([secret, '']);
const folder = mkdtempSync(join(tmpdir(), 'redactor test '));

afterAll(() => rmSync(folder, { recursive: true }));

function written(bytes: Buffer): string {
  const path = join(folder, 'said');
  writeFileSync(path, bytes);
  return path;
}

describe('a text', () => {
  it.each([
    ['as it stands', secret],
    ['as Base64', Buffer.from(secret).toString('base64')],
    ['as Base64 for addresses', Buffer.from(secret).toString('base64url')],
    ['as hex', Buffer.from(secret).toString('hex')],
    ['as hex in capitals', Buffer.from(secret).toString('hex').toUpperCase()],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in small letters', 'p%40ss%2fw%c3%b6rd%20%223%22'],
    ['percent-encoded with its slashes', 'p%40ss/w%C3%B6rd%20%223%22'],
    ['as a field of a form', 'p%40ss%2Fw%C3%B6rd+%223%22'],
    ['escaped as JSON', JSON.stringify(secret).slice(1, -1)],
    ['escaped as JSON of ASCII alone', 'p@ss/w\\u00f6rd \\"3\\"'],
  ])('loses a secret %s', (_, form) => {
    expect(redactor.text(`before ${form} after`)).toMatch(/^before \*\*\*=* after$/);
  });

  it.each(['', 'me', 'you:', 'they:', 'others:'])('loses a secret in Base64 that begins with %j', (user) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const text = Buffer.from(`${user}${secret}@host`).toString(encoding);
      const rest = redactor.text(text).replace('***', '');
      // What is left is the neighbours, and at each end at most one sign that they share with the secret.
      expect(rest.length).toBeLessThanOrEqual(Math.ceil((user.length * 8) / 6) + Math.ceil((5 * 8) / 6) + 3);
    }
  });

  it('loses every line of a secret that has several', () => {
    const many = createRedactor(['first line\nsecond line\r\nab\n']);
    expect(many.text('ab: second line, first line')).toBe('ab: ***, ***');
  });

  it('loses a secret whole that begins with another', () => {
    const both = createRedactor(['password', 'password-of-production']);
    expect(both.text('password-of-production, password')).toBe('***, ***');
  });

  it('loses what is left of a secret at its beginning where it was cut off there', () => {
    expect(redactor.tail(`${secret.slice(3)} after ${secret}`)).toBe('*** after ***');
    expect(redactor.tail(`${Buffer.from(secret).toString('hex').slice(5)} after`)).toBe('*** after');
    expect(redactor.tail('3" is another text')).toBe('3" is another text');
  });

  it('keeps what is no secret, and what is too short for one', () => {
    expect(createRedactor(['', 'yes', '12345']).text('yes, 12345')).toBe('yes, 12345');
  });
});

describe('a file', () => {
  it('stays the file that it is without a secret', async () => {
    const path = written(Buffer.from('nothing to hide'));
    expect(await redactor.clean(path, join(folder, 'copy'))).toBe(path);
    expect(await createRedactor([]).isIn(path)).toBe(false);
  });

  it('loses a secret wherever the blocks of reading end, and keeps every other byte', async () => {
    const noise = Buffer.from(Array.from({ length: 65_530 }, (_, index) => index % 256));
    const path = written(Buffer.concat([noise, Buffer.from(secret), noise, Buffer.from(secret)]));
    expect(await redactor.isIn(path)).toBe(true);
    const copy = await redactor.clean(path, join(folder, 'copy'));
    expect(
      readFileSync(copy).equals(Buffer.concat([noise, Buffer.from('***'), noise, Buffer.from('***')])),
    ).toBe(true);
  });

  it('is empty where it was', async () => {
    expect(await redactor.isIn(written(Buffer.alloc(0)))).toBe(false);
  });
});

describe('an error', () => {
  const thrown = (error: unknown) =>
    withRedactedErrors(redactor, () => Promise.reject(error)).catch((caught: unknown) => caught);

  it('loses a secret in its message and in its details, however deep', async () => {
    const details = { tail: secret, found: [{ [secret]: 1 }] };
    const caught = await thrown(new RatchetError('OUTPUT_MISSING', `no ${secret}`, details));
    expect(caught).toMatchObject({
      code: 'OUTPUT_MISSING',
      message: 'no ***',
      details: { tail: '***', found: [{ '***': 1 }] },
    });
  });

  it('loses it where it is not of ours too, and with it its stack', async () => {
    const caught = await thrown(new Error(`no ${secret}`));
    expect(caught).toMatchObject({ message: 'no ***' });
    expect(String((caught as Error).stack)).not.toContain(secret);
  });

  it('stays itself without one', async () => {
    const error = new RatchetError('OUTPUT_MISSING', 'no model.onnx', { found: ['notes.md'] });
    expect(await thrown(error)).toBe(error);
  });
});
