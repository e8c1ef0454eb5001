import type { GatewayDeps } from '../deps.js';

/**
 * The chain as lines of JSON, oldest first, a page of rows at a time and only as fast as they are read. Of one project
 * alone they have gaps, and cannot be verified by themselves.
 */
export function auditLines({ audit }: GatewayDeps, project: string | undefined): ReadableStream<Uint8Array> {
  const pages = audit.rows(1)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pages.next();
      if (done === true) return controller.close();
      const shown = project === undefined ? value : value.filter((row) => row.project === project);
      // An empty piece asks for the next one too.
      controller.enqueue(encoder.encode(shown.map((row) => `${JSON.stringify(row)}\n`).join('')));
    },
    async cancel() {
      await pages.return?.();
    },
  });
}
