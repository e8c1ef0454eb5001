import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../cli/exit-codes.js';
import { catalogue, type ErrorCode } from '../../domain/errors/catalogue.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayEnv } from '../../gateway/http/env.js';
import { errorHandler } from '../../gateway/http/errors.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, code, kind, retried, about, advice] = line.split('|').map((cell) => cell.trim());
  const name = /^`([A-Z_]+)`$/.exec(code ?? '')?.[1];
  return name === undefined ? [] : [{ name, kind, retried, about, advice }];
});

describe('the page of errors', () => {
  it('has every code of the catalogue, in its order, and no other', () => {
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(catalogue));
  });

  it('says of each what the catalogue says, and what to do', () => {
    for (const [name, { about, retry }] of Object.entries(catalogue)) {
      const row = rows.find((found) => found.name === name);
      expect(row).toMatchObject({ about, retried: retry ? 'yes' : 'no' });
      expect(row?.advice).not.toBe('');
    }
  });

  it('says of each kind the exit code and the statuses that it has', async () => {
    for (const [kind, words] of Object.entries(kindWords)) {
      const told = page.split('\n').find((line) => line.startsWith(`| ${words} `));
      const [, , exitCode, statuses] = (told ?? '').split('|').map((cell) => cell.trim());
      const codes = (Object.keys(catalogue) as ErrorCode[]).filter((code) => catalogue[code].kind === kind);
      const answered = new Set(await Promise.all(codes.map(statusOf)));
      expect([kind, exitCode]).toEqual([kind, String(exitCodes[kind as keyof typeof exitCodes])]);
      expect([kind, statuses?.match(/\d{3}/g)?.map(Number)]).toEqual([kind, [...answered]]);
    }
  });

  it('calls the kind of each code by its words', () => {
    for (const [name, { kind }] of Object.entries(catalogue)) {
      expect([name, rows.find((row) => row.name === name)?.kind]).toEqual([name, kindWords[kind]]);
    }
  });
});

const kindWords = {
  user: 'wrong input',
  refused: 'refused',
  notFound: 'not found',
  unavailable: 'unavailable',
  internal: 'a defect',
} as const;

/** The status that the gateway answers an error with. */
async function statusOf(code: ErrorCode): Promise<number> {
  const app = new Hono<GatewayEnv>();
  app.onError(errorHandler(pino({ enabled: false })));
  app.get('/', () => {
    throw new RatchetError(code, 'any');
  });
  return (await app.request('/')).status;
}
