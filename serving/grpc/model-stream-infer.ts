import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import { type OnDefect, outcomeOf } from './answering.js';
import { type Caller, callerOf } from './caller.js';
import type { InferAnswerMessage, InferRequestMessage, StreamAnswerMessage } from './messages/infer.js';

type Infer = (message: InferRequestMessage, caller: Caller) => Promise<InferAnswerMessage>;
type StreamCall = ServerDuplexStream<InferRequestMessage, StreamAnswerMessage>;

/** Requests of one stream that are worked on at a time; further ones wait in the network. */
const mostInFlight = 64;

/**
 * ModelStreamInfer: an answer for each request, in their order. An error is told in its message and the stream goes on.
 * @param closing ends streams after the answers to what was read
 */
export function createModelStreamInfer(
  infer: Infer,
  closing: AbortSignal,
  onDefect: OnDefect,
): handleBidiStreamingCall<InferRequestMessage, StreamAnswerMessage> {
  return (call) => {
    const caller = callerOf(call);
    let inFlight = 0;
    let sent = Promise.resolve();
    const finish = () => {
      call.pause();
      void sent.then(() => call.end());
    };
    call.on('data', (message: InferRequestMessage) => {
      inFlight += 1;
      if (inFlight >= mostInFlight) call.pause();
      const answered = answerOf(infer, message, caller, onDefect);
      sent = sent.then(async () => {
        await send(call, await answered);
        inFlight -= 1;
        if (!closing.aborted) call.resume();
      });
    });
    call.once('end', finish);
    closing.addEventListener('abort', finish);
    call.once('close', () => closing.removeEventListener('abort', finish));
    if (closing.aborted) finish();
  };
}

/** Waits until there is room for the next one. Whoever went away gets nothing. */
async function send(call: StreamCall, message: StreamAnswerMessage): Promise<void> {
  if (call.cancelled || call.write(message)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      call.off('drain', done).off('close', done);
      resolve();
    };
    call.on('drain', done).on('close', done);
  });
}

/** Never rejects. */
async function answerOf(
  infer: Infer,
  message: InferRequestMessage,
  caller: Caller,
  onDefect: OnDefect,
): Promise<StreamAnswerMessage> {
  const outcome = await outcomeOf(infer, message, caller, onDefect);
  if ('answer' in outcome) return { infer_response: outcome.answer };
  // Clients find the request that failed by the id of its answer.
  const { id, model_name, model_version } = message;
  return {
    error_message: outcome.status.details,
    infer_response: { id, model_name, model_version, outputs: [] },
  };
}
