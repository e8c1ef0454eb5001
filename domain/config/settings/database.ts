import { addressShape, demanded, optional, setting, wholeShape } from '../setting.js';

/** Postgres. */
export const databaseSettings = {
  url: demanded({
    variable: 'DATABASE_URL',
    unit: 'address',
    about: 'Postgres as ratchet_app, which may not change the audit trail',
    shape: addressShape('postgres', 'postgresql'),
  }),
  ownerUrl: optional({
    variable: 'DATABASE_OWNER_URL',
    unit: 'address',
    about: 'Postgres as ratchet_owner, for migrations; leave it out of every other process',
    shape: addressShape('postgres', 'postgresql'),
  }),
  predictionsKeepDays: setting('90', {
    variable: 'RATCHET_PREDICTIONS_KEEP_DAYS',
    unit: 'days',
    about:
      'days that recorded predictions and their feedback are kept; a quarter, for windows to be compared',
    shape: wholeShape(1, 36_500),
  }),
  poolSize: setting('8', {
    variable: 'RATCHET_DATABASE_POOL',
    unit: 'connections',
    about: 'connections a process holds at most; ten processes stay under the usual limit of 100',
    shape: wholeShape(1, 100),
  }),
};
