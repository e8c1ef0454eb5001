import {
  declareSchedules as bring,
  type DeclaredSchedules,
} from '../../activities/triggers/declare-schedules.js';
import { workflowIds } from '../../domain/names.js';
import type { GatewayRoom } from './gateway-room.js';
import { putLine } from './put-line.js';

type Room = Pick<GatewayRoom, 'deps'>;

/** Brings the server's schedules to what the project says, as the look at its repository does. */
export function declareSchedules({ deps }: Room, project: string): Promise<DeclaredSchedules> {
  const { audit, client, modelLines: lines, projects, schedules } = deps;
  return bring({ audit, client, lines, projects, schedules }, { project });
}

/** Takes all schedules of a project off the server, and ends what they started. */
export async function endSchedules(room: Room, project: string): Promise<void> {
  const { client, schedules } = room.deps;
  const ids = (await schedules.list(project)).map(({ id }) => id);
  await putLine(room, project);
  await declareSchedules(room, project);
  await client.schedule.getHandle(workflowIds.reconcileRefs(project)).delete();
  for (const id of ids) {
    const query = `TemporalScheduledById = '${id}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of client.workflow.list({ query }))
      await client.workflow
        .getHandle(workflowId)
        .terminate('the test is over')
        .catch(() => undefined);
  }
}
