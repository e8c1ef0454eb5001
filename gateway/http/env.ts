import type { Caller } from '../access/caller.js';
import type { Limits } from '../access/limits.js';
import type { GatewayDeps } from '../deps.js';

/** What a request carries through the gateway. */
export interface GatewayEnv {
  Variables: {
    caller: Caller | null;
    /** Where it comes from, as far as that is known. */
    address: string;
    deps: GatewayDeps;
    limits: Limits;
  };
}
