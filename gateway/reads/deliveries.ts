import type { z } from '@hono/zod-openapi';
import type { Delivery, DeliveryContent } from '../../domain/ports/deliveries.js';
import type { GatewayDeps } from '../deps.js';
import type { deliveryListSchema, deliverySchema } from '../shapes/hooks.js';

/** What came for a project, newest first. Error: `PROJECT_NOT_FOUND`. */
export async function listDeliveries(
  { deliveries, projects }: Pick<GatewayDeps, 'deliveries' | 'projects'>,
  project: string,
  limit: number,
): Promise<z.infer<typeof deliveryListSchema>> {
  const found = await deliveries.list(project, limit);
  if (found.length === 0) await projects.get(project);
  return { deliveries: found.map(plainDelivery) };
}

function plainDelivery({ project: _, content, ...delivery }: Delivery): z.infer<typeof deliverySchema> {
  return { ...delivery, what: contentText(content) };
}

/** Without its payload, which may be long and is for the filter of a trigger. */
function contentText(content: DeliveryContent): string {
  switch (content.kind) {
    case 'push':
      return content.after === null
        ? `deletion of ${content.ref}`
        : `push of ${content.ref} to ${content.after.slice(0, 12)}`;
    case 'event':
      return `event ${content.name} from ${content.source}, id ${content.id}`;
    case 'other':
      return content.what;
  }
}
