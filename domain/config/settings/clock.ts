import { optional, textShape } from '../setting.js';

/** By what automatic runs are reckoned. */
export const clockSettings = {
  file: optional({
    variable: 'RATCHET_CLOCK_FILE',
    unit: 'file',
    about:
      'file with the instant (ISO 8601) that cool-downs and budgets are reckoned by, where traffic of the past is played again; unset: the clock of the machine',
    shape: textShape,
  }),
};
