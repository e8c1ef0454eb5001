import { createHash, randomUUID } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { RunRecord } from '../../domain/ports/runs.js';
import type { GatewayDeps } from '../deps.js';
import { requireModel } from '../reads/require-known.js';
import type { startRunSchema } from '../shapes/runs.js';
import { startStored } from './start-stored.js';

type Request = z.infer<typeof startRunSchema>;

/**
 * The row first, then the workflow: if the second fails, reconciling starts it from the row. Returns the run id; the
 * same id, or the same key, again is the same run. Errors: `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`, `CONFLICT` where id
 * or key came before with another request, `PART_UNAVAILABLE`.
 */
export async function startRun(
  deps: GatewayDeps,
  request: Request,
  caller: { readonly by: string; readonly key: string | undefined },
): Promise<string> {
  const project = await deps.projects.get(request.project);
  requireModel(project, request.model);
  const { run } = await deps.runs.create({
    id: await idOf(deps, request, caller.key),
    project: request.project,
    model: request.model,
    ref: request.ref ?? project.ref,
    variant: request.variant ?? null,
    causes: [{ kind: 'manual', by: caller.by, at: new Date().toISOString() }],
  });
  assertSame(run, request);
  if (run.endedAt === null) await startStored(deps, run);
  return run.id;
}

/** A key is bound to the first id that came with it, in its project: nobody takes the keys of another's. */
async function idOf(deps: GatewayDeps, request: Request, key: string | undefined): Promise<string> {
  const id = request.id ?? randomUUID();
  if (key === undefined) return id;
  const asked = JSON.stringify([
    request.project,
    request.model,
    request.ref ?? null,
    request.variant ?? null,
    request.id ?? null,
  ]);
  return deps.idempotencyKeys.bind(
    `${request.project} ${key}`,
    createHash('sha256').update(asked).digest('hex'),
    id,
  );
}

function assertSame(run: RunRecord, request: Request): void {
  const { project, model, ref = run.ref, variant = null } = request;
  if (run.project === project && run.model === model && run.ref === ref && run.variant === variant) return;
  const is =
    run.project === project
      ? `${run.project}/${run.model}, variant ${run.variant ?? 'none'}, at ${run.ref}`
      : 'something else';
  throw new RatchetError('CONFLICT', `run ${run.id} was started before, as ${is}; an id names one run`, {
    id: run.id,
  });
}
