import type Docker from 'dockerode';
import { z } from 'zod';

/** One thing that the engine says while it works. */
const said = z.object({
  stream: z.string().optional(),
  status: z.string().optional(),
  error: z.string().optional(),
  aux: z.record(z.string(), z.unknown()).optional(),
});

/** How long work ended: what it led to, and the last of what was said; an error in it is no rejection. */
export interface Followed {
  readonly error: string | null;
  /** Values that were handed over beside the text. */
  readonly aux: Readonly<Record<string, unknown>>;
  /** Of work that gives one thing alone. */
  readonly lastStatus: string | null;
  readonly lastLines: readonly string[];
}

const keptLines = 20;

/** Waits for the end of a stream of events. */
export async function follow(docker: Docker, stream: NodeJS.ReadableStream): Promise<Followed> {
  const events = await new Promise<readonly unknown[]>((done, failed) => {
    docker.modem.followProgress(stream, (error, output: readonly unknown[]) =>
      error ? failed(error) : done(output),
    );
  });
  const told = events.map((event) => said.parse(event));
  const texts = told.flatMap(({ stream: text, error }) => text ?? error ?? []).join('');
  return {
    error: told.find(({ error }) => error !== undefined)?.error ?? null,
    aux: Object.assign({}, ...told.map(({ aux }) => aux ?? {})) as Record<string, unknown>,
    lastStatus: told.findLast(({ status }) => status !== undefined)?.status ?? null,
    lastLines: texts
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-keptLines),
  };
}
