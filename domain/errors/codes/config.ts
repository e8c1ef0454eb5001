import { entries } from '../entry.js';

export const configErrors = entries({
  CONFIG_INVALID: {
    kind: 'user',
    retry: false,
    about: 'a configuration file does not have the shape that is asked for',
  },
  CONFIG_MISSING: {
    kind: 'user',
    retry: false,
    about: 'a file that the configuration names is not in the repository',
  },
  SETTING_INVALID: {
    kind: 'user',
    retry: false,
    about: 'an environment setting has a value that is not allowed',
  },
  NAME_INVALID: {
    kind: 'user',
    retry: false,
    about: 'a name has characters or a length that are not allowed',
  },
  SOURCE_UNKNOWN: {
    kind: 'user',
    retry: false,
    about: 'a data source is not in the allow-list of the project',
  },
  SECRET_MISSING: { kind: 'user', retry: false, about: 'a secret that is named has no value here' },
  SECRET_EXPOSED: {
    kind: 'user',
    retry: false,
    about: 'the file of a secret may be read by every user of the machine',
  },
});
