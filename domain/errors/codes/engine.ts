import { entries } from '../entry.js';

export const engineErrors = entries({
  ENGINE_UNAVAILABLE: { kind: 'unavailable', retry: true, about: 'the Docker engine does not answer' },
  ENGINE_REFUSED: {
    kind: 'refused',
    retry: false,
    about: 'what is asked of the Docker engine is not on the list of what may be asked',
  },
  IMAGE_BUILD: { kind: 'user', retry: false, about: 'an image could not be built' },
  IMAGE_NOT_FOUND: { kind: 'notFound', retry: false, about: 'the Docker engine has no such image' },
});
