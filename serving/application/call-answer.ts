import { z } from 'zod';
import type {
  CallAnswer,
  MetricEvent,
  RowOutcome,
} from '../../inference/application/application-messages.js';

const mostReason = 300;
const outcome = z.union([
  z.strictObject({ refused: z.string() }),
  z.strictObject({ failed: z.string() }),
  z.custom<{ value: unknown }>((of) => typeof of === 'object' && of !== null && Object.hasOwn(of, 'value')),
]);
const answered = z.object({
  kind: z.literal('answered'),
  id: z.number(),
  answer: z.object({
    outcomes: z.array(outcome),
    metrics: z.array(z.tuple([z.string(), z.record(z.string(), z.string()), z.number()])).max(10_000),
  }),
});

/** An answer to a call, where the saying of a thread is one. Whatever a thread says was written by somebody else. */
export function readAnswered(saying: unknown): { readonly id: number; readonly answer: CallAnswer } | null {
  const parsed = answered.safeParse(saying);
  if (!parsed.success) return null;
  const { id, answer } = parsed.data;
  const metrics: readonly MetricEvent[] = answer.metrics;
  return { id, answer: { outcomes: answer.outcomes.map(shortened), metrics } };
}

export const isPong = (saying: unknown) =>
  typeof saying === 'object' && saying !== null && 'kind' in saying && saying.kind === 'pong';

function shortened(of: RowOutcome): RowOutcome {
  if ('refused' in of) return { refused: of.refused.slice(0, mostReason) };
  return 'failed' in of ? { failed: of.failed.slice(0, mostReason) } : of;
}
