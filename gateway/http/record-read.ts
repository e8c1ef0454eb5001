import type { MiddlewareHandler } from 'hono';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from './env.js';

/** What is told when a person reads data, or what was computed from rows of it. */
export type ReadKind = 'dataset.read' | 'evaluation.read' | 'log.read';

/** Told before the answer is sent: what cannot be told is not shown. Machines read all day, and are not told. */
export function recordRead(kind: ReadKind): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    await next();
    const caller = context.get('caller');
    if (caller?.kind !== 'person' || !context.res.ok) return;
    const deps = context.get('deps');
    const params: Params = context.req.param();
    const isRelease = context.req.path.startsWith('/api/v1/releases/');
    const project = params['project'] ?? (await projectOf(deps, params['id'], isRelease));
    const details = { method: caller.method };
    await deps.audit.append({ action: kind, project, subject: subjectOf(params), details });
  };
}

type Params = Readonly<Record<string, string | undefined>>;

function subjectOf({ name, model, version, id, step, endpoint }: Params): string {
  if (id !== undefined) return `${id}/${step ?? ''}`;
  return endpoint ?? `${model ?? name}@${version}`;
}

async function projectOf(
  { runs, releases }: GatewayDeps,
  id: string | undefined,
  isRelease: boolean,
): Promise<string | null> {
  if (id === undefined) return null;
  return (await (isRelease ? releases : runs).get(id)).project;
}
