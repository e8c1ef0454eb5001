import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from './env.js';

/** What is told when a person reads data, or what was computed from rows of it. */
export type ReadKind = 'dataset.read' | 'evaluation.read' | 'log.read';

/** Told before the answer is sent: what cannot be told is not shown. Machines read all day, and are not told. */
export function recordRead(kind: ReadKind): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    await next();
    const caller = context.get('caller');
    if (caller?.kind !== 'person' || !context.res.ok) return;
    const { audit, runs } = context.get('deps');
    const { project, name, model, version, id, step } = context.req.param() as Readonly<
      Record<string, string | undefined>
    >;
    const subject = id === undefined ? `${model ?? name}@${version}` : `${id}/${step ?? ''}`;
    const at = project ?? (id === undefined ? null : (await runs.get(id)).project);
    await audit.append({ action: kind, project: at, subject, details: { method: caller.method } });
  };
}
