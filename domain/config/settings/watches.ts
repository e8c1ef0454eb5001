import { setting, wholeShape } from '../setting.js';

/** How endpoints are watched. */
export const watchesSettings = {
  lookSeconds: setting('4', {
    variable: 'RATCHET_WATCH_LOOK_SECONDS',
    unit: 's',
    about: 'how often the watch of an endpoint looks whether a window of its traffic is over',
    shape: wholeShape(1, 3600),
  }),
};
