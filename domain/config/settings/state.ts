import { optional, setting, textShape } from '../setting.js';

/** What one machine keeps. */
export const stateSettings = {
  dir: setting('.ratchet', {
    variable: 'RATCHET_STATE_DIR',
    unit: 'folder',
    about: 'what this machine keeps: embedded parts, environments, working copies, logs',
    shape: textShape,
  }),
  secretsDir: optional({
    variable: 'RATCHET_SECRETS_DIR',
    unit: 'folder',
    about:
      'one file per secret that a project names with secret://<name>; secrets/ in the state folder if unset',
    shape: textShape,
  }),
};
