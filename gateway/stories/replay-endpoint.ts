import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ReplayAnswersInput, ReplayedAnswers } from '../../domain/lifecycle/replay-answers.js';
import { workflowIds } from '../../domain/names.js';
import type { GatewayDeps } from '../deps.js';
import { runStory } from './run-story.js';

/**
 * Has what an endpoint answered asked again of the same model files, with an audit row of what was found. Errors:
 * `ENDPOINT_NOT_FOUND`, `REQUEST_INVALID` for a span without a length, those of the story.
 */
export async function replayEndpoint(
  { audit, client, endpoints }: Pick<GatewayDeps, 'audit' | 'client' | 'endpoints'>,
  asked: ReplayAnswersInput,
): Promise<ReplayedAnswers> {
  const { project, endpoint } = await endpoints.get(asked);
  const [from, to] = [new Date(asked.from).toISOString(), new Date(asked.to).toISOString()];
  if (from >= to)
    throw new RatchetError('REQUEST_INVALID', `from is ${from}, to is ${to}: allowed is a later one`);
  const workflowId = workflowIds.replayAnswers(project, endpoint, from, to);
  const found = await runStory(client, 'replayAnswers', { workflowId, input: { ...asked, from, to } });
  const { compared, equal, differing, unreadable, unknown } = found;
  const details = { from, to, compared, equal, differing, unreadable, unknown };
  await audit.append({ action: 'answers.replayed', project, subject: endpoint, details });
  return found;
}
