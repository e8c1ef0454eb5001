import { entries } from '../entry.js';

export const servingErrors = entries({
  ENDPOINT_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such endpoint' },
  RELEASE_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such release' },
  APPLICATION_INVALID: {
    kind: 'user',
    retry: false,
    about: 'a serving application is not of the form that is asked for',
  },
  APPLICATION_FAILED: {
    kind: 'user',
    retry: false,
    about: 'a serving application does not build, or its own tests fail',
  },
  API_BROKEN: {
    kind: 'refused',
    retry: false,
    about: 'a serving application does not keep to the interface of its model, or breaks that of its clients',
  },
  IMAGE_FAILED: { kind: 'user', retry: false, about: 'an image could not be built' },
  IMAGE_REFUSED: { kind: 'refused', retry: false, about: 'an image may not be run' },
  IMAGE_NOT_FOUND: { kind: 'notFound', retry: false, about: 'the Docker engine has no such image' },
  ENGINE_REFUSED: {
    kind: 'refused',
    retry: false,
    about: 'what is asked of the Docker engine is not on the list of what may be asked',
  },
  DEPLOY_FAILED: {
    kind: 'refused',
    retry: false,
    about: 'a new revision did not become ready, and the one before goes on',
  },
  ANSWERS_DIFFER: {
    kind: 'refused',
    retry: false,
    about: 'a revision answers other than the evaluated model does',
  },
});
