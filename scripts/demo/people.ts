import { demoPeople } from '../../cli/demo-accounts.js';
import { type ApiClient, openClient } from '../../cli/open-client.js';
import type { Demo } from './demo.js';

/** The accounts that the first `up` of an embedded stack makes too. */
export const people = demoPeople;
export type Person = (typeof people)[number];

/** What each of them is to the reader. */
export const parts: Readonly<Record<Person, string>> = {
  dana: 'writes the models; she may review too, but not her own',
  lisa: 'reviews',
  omar: 'reviews',
};

/** The API as somebody who has signed in sees it. Error: `UNAUTHENTICATED`. */
export function clientOf(demo: Demo, person: Person): Promise<ApiClient> {
  return openClient({ stateDir: demo.stack.stateDir, as: person });
}
