import type { handleUnaryCall } from '@grpc/grpc-js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { type CallStatus, callStatus } from './call-status.js';
import { type Caller, callerOf } from './caller.js';
import { UnreadableMessage } from './services.js';

/** Hears of errors that are nobody's but ours. */
export type OnDefect = (error: unknown) => void;

type Handle<Request, Answer> = (request: Request, caller: Caller) => Answer | Promise<Answer>;

export type Answering = ReturnType<typeof answering>;

/** Turns functions that return or throw into handlers of calls with one request and one answer. */
export function answering(onDefect: OnDefect) {
  return <Request, Answer>(handle: Handle<Request, Answer>): handleUnaryCall<Request, Answer> =>
    (call, answer) => {
      const caller = callerOf(call);
      void outcomeOf(handle, call.request, caller, onDefect).then((outcome) => {
        caller.served();
        if ('answer' in outcome) answer(null, outcome.answer);
        else answer(outcome.status);
      });
    };
}

/** Never rejects. */
export async function outcomeOf<Request, Answer>(
  handle: Handle<Request, Answer>,
  request: Request | UnreadableMessage,
  caller: Caller,
  onDefect: OnDefect,
): Promise<{ readonly answer: Answer } | { readonly status: CallStatus }> {
  try {
    if (request instanceof UnreadableMessage) throw unreadable(request);
    return { answer: await handle(request, caller) };
  } catch (error) {
    return { status: callStatus(error, caller.signal, onDefect) };
  }
}

function unreadable({ cause }: UnreadableMessage): RatchetError {
  return new RatchetError('REQUEST_INVALID', 'the bytes are not a message of this call', {}, { cause });
}
