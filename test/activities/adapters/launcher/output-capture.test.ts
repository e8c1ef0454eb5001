import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, it } from 'vitest';
import {
  OutputCapture,
  type OutputOptions,
} from '../../../../activities/adapters/launcher/output-capture.js';

async function capture(
  options: OutputOptions,
  chunks: readonly (readonly ['stdout' | 'stderr', Buffer | string])[],
) {
  const output = new OutputCapture(options);
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  let cuts = 0;
  output.attach(streams, () => {
    cuts += 1;
  });
  for (const [name, chunk] of chunks) {
    streams[name].write(chunk);
    await new Promise(setImmediate);
  }
  streams.stdout.end();
  streams.stderr.end();
  await Promise.all([finished(streams.stdout), finished(streams.stderr)]);
  return { output, cuts };
}

it('joins a character that was cut in two, and ends a line that has no end', async () => {
  const bytes = Buffer.from('caf\u00e9\r\nlast');
  const lines: string[] = [];
  await capture({ limitBytes: 100, onLine: (_, line) => lines.push(line) }, [
    ['stdout', bytes.subarray(0, 4)],
    ['stdout', bytes.subarray(4)],
  ]);
  expect(lines).toEqual(['caf\u00e9', 'last']);
});

it('passes a line without end on in pieces', async () => {
  const lengths: number[] = [];
  await capture({ limitBytes: 1e6, onLine: (_, line) => lengths.push(line.length) }, [
    ['stdout', 'x'.repeat(150_000)],
  ]);
  expect(lengths).toEqual([65_536, 65_536, 18_928]);
});

it('keeps the limit to the byte, calls once, and still has the last of stderr', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ratchet capture '));
  try {
    const logFile = join(folder, 'log');
    const chunks = [
      ['stdout', '12345678'] as const,
      ['stderr', 'abcdefgh'] as const,
      ['stderr', '\nlast words\n'] as const,
    ];
    const { output, cuts } = await capture({ limitBytes: 10, logFile }, chunks);
    await output.close();
    expect(await readFile(logFile, 'utf8')).toBe('12345678ab\n[output cut after 10 bytes]\n');
    expect([cuts, output.cut, output.tail]).toEqual([1, true, 'abcdefgh\nlast words']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('is not cut at exactly the limit', async () => {
  const { output, cuts } = await capture({ limitBytes: 3 }, [['stdout', 'abc']]);
  expect([output.cut, cuts]).toEqual([false, 0]);
});

it('throws what the log threw', async () => {
  const { output } = await capture({ limitBytes: 10, logFile: '/no/such/folder/log' }, [['stdout', 'abc']]);
  await expect(output.close()).rejects.toMatchObject({ code: 'ENOENT' });
});
