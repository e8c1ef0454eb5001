import { optional, setting, textShape } from '../setting.js';

/** Endpoints that run as processes of this machine. */
export const endpointsSettings = {
  dir: optional({
    variable: 'RATCHET_ENDPOINTS_DIR',
    unit: 'folder',
    about:
      'all that the endpoints of this machine need to start again; endpoints/ in the state folder if unset',
    shape: textShape,
  }),
  host: setting('127.0.0.1', {
    variable: 'RATCHET_ENDPOINTS_HOST',
    unit: 'host',
    about: 'address that endpoints bind; loopback, since whoever reaches one may ask it',
    shape: textShape,
  }),
};
