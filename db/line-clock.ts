import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { LineClock } from '../domain/ports/line-clock.js';

const instantShape = z.iso.datetime({ offset: true });

/**
 * The clock that a file holds, read anew at each question, or that of the machine where no file is named. Nothing stands
 * in for a file that cannot be read.
 */
export function openLineClock(file: string | undefined): LineClock {
  if (file === undefined) return () => new Date().toISOString();
  return () => new Date(instantIn(file)).toISOString();
}

function instantIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw invalid(`RATCHET_CLOCK_FILE names ${file}, which cannot be read: ${(error as Error).message}`);
  }
  const parsed = instantShape.safeParse(text);
  if (parsed.success) return parsed.data;
  const came = JSON.stringify(text.slice(0, 60));
  throw invalid(
    `RATCHET_CLOCK_FILE: ${file} holds ${came}, allowed is an instant such as 2026-03-01T10:00:00Z`,
  );
}

const invalid = (message: string) => new RatchetError('SETTING_INVALID', message);
