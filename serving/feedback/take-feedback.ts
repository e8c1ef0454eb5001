import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DataPlane } from '../data-plane-port.js';
import type { InferenceRequest } from '../inference-request.js';
import type { FeedbackReply } from '../record/feedback-desk.js';
import { type FeedbackEntry, feedbackRows } from './feedback-rows.js';

/** What is told of a prediction by its id, or of one that is made again of its inputs. */
export type ToldFeedback = Omit<FeedbackEntry, 'id'> & {
  readonly of: { readonly id: string } | { readonly request: InferenceRequest };
};

/** `completed` has the ids of predictions that were made again, in the order in which they were told of. */
export interface TakenFeedback extends FeedbackReply {
  readonly completed?: readonly string[];
}

/** Stands for an id that is made when everything that was told has been looked at. */
const idToCome = 'to come';

/**
 * Keeps feedback. Where it came with inputs the model that answers now is asked with them, and what it says is recorded as
 * a prediction for feedback. Nothing is asked before all of it was looked at.
 * Errors: `REQUEST_INVALID`, `UNAUTHENTICATED` where a source must show another token, `OVERLOADED` where there is no room,
 * those of `DataPlane.infer`.
 */
export async function takeFeedback(
  plane: Pick<DataPlane, 'infer' | 'requireTokens'>,
  desk: NonNullable<DataPlane['takeFeedback']>,
  { told, token }: { readonly told: readonly ToldFeedback[]; readonly token: string | undefined },
): Promise<TakenFeedback> {
  const receivedAt = new Date().toISOString();
  requireRows(told, receivedAt);
  const rows = feedbackRows(
    told.map((one) => named(one, idOf(one) ?? idToCome)),
    receivedAt,
  );
  plane.requireTokens(new Set(rows.map(({ source }) => source)), token);
  const completed: string[] = [];
  const entries: FeedbackEntry[] = [];
  for (const one of told) {
    const id = 'request' in one.of ? await complete(plane, one.of.request) : one.of.id;
    if ('request' in one.of) completed.push(id);
    entries.push(named(one, id));
  }
  const reply = await desk(feedbackRows(entries, receivedAt));
  return completed.length === 0 ? reply : { ...reply, completed };
}

const idOf = ({ of }: ToldFeedback): string | null => ('id' in of ? of.id : null);

const named = ({ of: _, ...entry }: ToldFeedback, id: string): FeedbackEntry => ({ ...entry, id });

/** Error: `REQUEST_INVALID` where more rows are told of than a request has. */
function requireRows(told: readonly ToldFeedback[], receivedAt: string): void {
  for (const one of told) {
    if ('id' in one.of) continue;
    const rows = one.of.request.inputs[0]?.dims[0] ?? 0;
    const last = feedbackRows([named(one, idToCome)], receivedAt).at(-1)?.row ?? 0;
    if (last < rows) continue;
    const message = `feedback tells of row ${last}, its request has ${rows} rows, which count from 0`;
    throw new RatchetError('REQUEST_INVALID', message);
  }
}

async function complete(plane: Pick<DataPlane, 'infer'>, request: InferenceRequest): Promise<string> {
  const { predictionId } = await plane.infer({ ...request, forFeedback: true });
  if (predictionId !== undefined) return predictionId;
  throw new RatchetError('OVERLOADED', 'there is no room to keep feedback, send it again later');
}
