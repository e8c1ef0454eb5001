import { hostPortShape, setting, textShape } from '../setting.js';

/** The Temporal frontend. */
export const temporalSettings = {
  address: setting('127.0.0.1:7233', {
    variable: 'TEMPORAL_ADDRESS',
    unit: 'host:port',
    about: 'the Temporal frontend; TLS and API key are TEMPORAL_TLS_* and TEMPORAL_API_KEY, read by the SDK',
    shape: hostPortShape,
  }),
  namespace: setting('default', {
    variable: 'TEMPORAL_NAMESPACE',
    unit: 'name',
    about: 'the namespace that holds every workflow; must exist',
    shape: textShape,
  }),
};
