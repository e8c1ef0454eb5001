import { readEventTime } from '../event-time.js';
import type { Call } from './call.js';

const name = 'x-ratchet-event-at';

/** When what is asked about happened, as the header of a request says it; undefined where it has none. Error: `REQUEST_INVALID`. */
export function eventAtOf({ request }: Pick<Call, 'request'>): string | undefined {
  const value = request.headers[name];
  return value === undefined ? undefined : readEventTime(value, `the header ${name}`);
}
