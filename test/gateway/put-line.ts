import type { z } from 'zod';
import { triggersSchema } from '../../domain/config/triggers.js';
import type { GatewayRoom } from './gateway-room.js';

/** What the tracked branch says of the model `delay` of a project, as far as it starts runs. */
export async function putLine(
  { deps }: Pick<GatewayRoom, 'deps'>,
  project: string,
  triggers: z.input<typeof triggersSchema> = {},
): Promise<void> {
  await deps.modelLines.put(project, [
    {
      ...{ project, model: 'delay', path: 'delay', commit: 'a'.repeat(40), owner: null, parts: ['delay'] },
      triggers: triggersSchema.parse(triggers),
    },
  ]);
}
