import { setting, wholeShape } from '../setting.js';

const portShape = wholeShape(0, 45_535);

/** Ports of the embedded parts; 0 picks a free one and keeps it for the next start. */
export const stackSettings = {
  temporalPort: setting('0', {
    variable: 'RATCHET_STACK_TEMPORAL_PORT',
    unit: 'port',
    about: 'port of the embedded Temporal server; free-picked, so that two stacks do not collide',
    shape: portShape,
  }),
  temporalUiPort: setting('0', {
    variable: 'RATCHET_STACK_TEMPORAL_UI_PORT',
    unit: 'port',
    about: 'port of the pages of the embedded Temporal server',
    shape: portShape,
  }),
  postgresPort: setting('0', {
    variable: 'RATCHET_STACK_POSTGRES_PORT',
    unit: 'port',
    about: 'port of the embedded Postgres server',
    shape: portShape,
  }),
  s3Port: setting('0', {
    variable: 'RATCHET_STACK_S3_PORT',
    unit: 'port',
    about: 'port of the embedded S3 server; it takes a second one, 10000 above',
    shape: portShape,
  }),
};
