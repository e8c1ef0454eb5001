import { type Answer, answerJson, type Call } from './call.js';

export function live({ plane }: Call): Answer {
  const isLive = plane.isLive();
  return isLive
    ? answerJson({ live: true })
    : answerJson({ live: false, error: 'the server cannot go on and must be started anew' }, 503);
}

export function ready({ plane }: Call): Answer {
  const isReady = plane.isReady();
  return isReady
    ? answerJson({ ready: true })
    : answerJson({ ready: false, error: 'a model is not ready, or the server is being stopped' }, 503);
}

export function modelReady({ plane, names }: Call): Answer {
  const { model, state, reason } = plane.find(names['model'] ?? '', names['version'] ?? null);
  if (state === 'READY') return answerJson({ name: model, ready: true });
  const error = `the model is ${state}${reason === '' ? '' : `: ${reason}`}`;
  return answerJson({ name: model, ready: false, error }, 503);
}
