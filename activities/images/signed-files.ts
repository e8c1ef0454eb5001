import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Envelope } from '../../domain/signing/envelope.js';
import { reportIn } from './reports/report-shape.js';

const envelopeShape = z.object({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })),
});

const mostEnvelopes = 1000;

/** Envelopes of a file: one, a list, or one a line. Error: `REPORT_INVALID`. */
export async function readEnvelopes(file: string): Promise<readonly Envelope[]> {
  const text = await readTextFile(file);
  const value =
    jsonOf(text) ??
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(jsonOf);
  const list = Array.isArray(value) ? value : [value];
  if (list.length > mostEnvelopes)
    throw new RatchetError(
      'REPORT_INVALID',
      `${file} holds ${list.length} envelopes, allowed are ${mostEnvelopes}`,
    );
  return reportIn(z.array(envelopeShape), list, file);
}

/** A file that somebody named. Error: `REPORT_INVALID` where it cannot be read. */
export async function readTextFile(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RatchetError('REPORT_INVALID', `${file} cannot be read: ${messageOf(cause)}`, {}, { cause });
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
