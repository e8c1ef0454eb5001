import { entries } from '../entry.js';

export const modelErrors = entries({
  MODEL_FORMAT: {
    kind: 'refused',
    retry: false,
    about: 'the file is not in a model format that the registry takes',
  },
  MODEL_HOSTILE: { kind: 'refused', retry: false, about: 'the structure of the model file is not allowed' },
  MODEL_LOAD: { kind: 'refused', retry: false, about: 'the model could not be loaded' },
  MODEL_RUN: { kind: 'refused', retry: false, about: 'the model could not answer' },
  MODEL_TIMEOUT: { kind: 'refused', retry: false, about: 'the model did not answer in time' },
  MODEL_KILLED: {
    kind: 'unavailable',
    retry: true,
    about: 'something outside of Ratchet killed the process in which a model runs',
  },
  MODEL_INTERFACE: {
    kind: 'refused',
    retry: false,
    about: 'inputs or outputs of the model do not fit the dataset or the task',
  },
  PARITY_BROKEN: {
    kind: 'refused',
    retry: false,
    about: 'the exported model answers differently from the one that was trained',
  },
  POLICY_REFUSED: {
    kind: 'refused',
    retry: false,
    about: 'the policy in force does not let the version pass',
  },
  METRIC_UNDEFINED: { kind: 'refused', retry: false, about: 'a metric has no value on these rows' },
});
