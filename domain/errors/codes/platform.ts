import { entries } from '../entry.js';

export const platformErrors = entries({
  REQUEST_INVALID: {
    kind: 'user',
    retry: false,
    about: 'a request does not have the shape that is asked for',
  },
  UNAUTHENTICATED: {
    kind: 'user',
    retry: false,
    about: 'there is no valid token, or no valid signature with a webhook',
  },
  FORBIDDEN: { kind: 'refused', retry: false, about: 'the token may not do this' },
  TOO_MANY_REQUESTS: {
    kind: 'unavailable',
    retry: true,
    about: 'a caller or an address asks more often than it may',
  },
  PROJECT_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such project' },
  MODEL_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such model or version' },
  MODEL_NOT_READY: { kind: 'unavailable', retry: true, about: 'a model is there and cannot answer yet' },
  OVERLOADED: { kind: 'unavailable', retry: true, about: 'more rows wait for a model than may wait' },
  DEADLINE_EXCEEDED: {
    kind: 'unavailable',
    retry: true,
    about: 'an answer did not come within the time allowed',
  },
  RUN_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such run' },
  FEATURE_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such feature view' },
  NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is nothing under this address' },
  CONFLICT: { kind: 'refused', retry: false, about: 'the state of the thing does not allow this' },
  TRIGGER_SUPPRESSED: { kind: 'refused', retry: false, about: 'an event starts no run' },
  NOT_TRACEABLE: {
    kind: 'refused',
    retry: false,
    about: 'the registry does not take a version that cannot be traced',
  },
  LEASE_LOST: { kind: 'internal', retry: false, about: 'a newer attempt holds the work' },
  BLOB_MISSING: { kind: 'unavailable', retry: true, about: 'an object is not in the store' },
  BLOB_CORRUPT: {
    kind: 'internal',
    retry: true,
    about: 'an object does not have the digest of its reference',
  },
  PART_UNAVAILABLE: { kind: 'unavailable', retry: true, about: 'a part of the stack does not answer' },
  PART_MISSING: { kind: 'unavailable', retry: false, about: 'a part of the stack is not installed' },
  INTERNAL: { kind: 'internal', retry: true, about: 'a defect of Ratchet' },
});
