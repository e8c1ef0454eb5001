import { entries } from '../entry.js';

export const trainingErrors = entries({
  GIT_REFUSED: { kind: 'user', retry: false, about: 'a repository address, ref or tree is not allowed' },
  GIT_UNREACHABLE: { kind: 'unavailable', retry: true, about: 'a repository does not answer' },
  GIT_NOT_FOUND: { kind: 'notFound', retry: false, about: 'a repository, ref or commit does not exist' },
  ENVIRONMENT_FAILED: { kind: 'user', retry: false, about: 'the training environment could not be made' },
  ENVIRONMENT_KILLED: {
    kind: 'unavailable',
    retry: true,
    about: 'something outside of Ratchet killed the installer of an environment',
  },
  TRAINING_FAILED: { kind: 'user', retry: false, about: 'the training command ended with an error' },
  TRAINING_KILLED: {
    kind: 'unavailable',
    retry: true,
    about: 'something outside of Ratchet killed the training command',
  },
  TRAINING_TIMEOUT: { kind: 'user', retry: false, about: 'the training command ran longer than it may' },
  TRAINING_LIMIT: {
    kind: 'user',
    retry: false,
    about: 'the training command went over a limit (memory, disk, processes, output)',
  },
  OUTPUT_MISSING: { kind: 'user', retry: false, about: 'the training command did not write a required file' },
  OUTPUT_INVALID: {
    kind: 'user',
    retry: false,
    about: 'a file that the training command wrote is not of the agreed form',
  },
  PROGRAM_MISSING: {
    kind: 'user',
    retry: false,
    about: 'the program of a command is not there, or not in a folder that it may see',
  },
  ISOLATION_WEAK: {
    kind: 'refused',
    retry: false,
    about: 'no isolation tier that is strong enough is available here',
  },
  CAPACITY_MISSING: {
    kind: 'unavailable',
    retry: false,
    about: 'no worker with the asked-for accelerator came before the deadline',
  },
});
