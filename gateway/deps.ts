import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Stores } from '../db/open-database.js';
import type { BlobStore } from '../domain/ports/blobs.js';
import type { LineClock } from '../domain/ports/line-clock.js';
import type { Signer, Verifier } from '../domain/ports/signing.js';
import type { LimitSettings } from './access/limits.js';
import type { OpenIdSignIn } from './access/open-id.js';
import type { HookMasters } from './hooks/hook-secret.js';

/** What the routes stand on. */
export interface GatewayDeps extends Stores {
  readonly blobs: BlobStore;
  readonly client: Client;
  readonly clock: LineClock;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** Undefined where people sign in by set-up code alone. */
  readonly openId: OpenIdSignIn | undefined;
  /** Tells the workflow that handles deliveries that there is one. Returns at once, and never fails. */
  readonly wakeInbox: () => void;
}

export interface GatewaySettings extends LimitSettings {
  readonly hooks: LimitSettings['hooks'] & HookMasters & { readonly maxBytes: number };
  readonly allowedHosts: readonly string[];
  readonly tokenSha256: string;
  /** Whether the last address in X-Forwarded-For is that of the caller. */
  readonly trustsForwarded: boolean;
  /** How long a token is good that somebody got by signing in. */
  readonly signInHours: number;
  /** For tests. */
  readonly now?: () => number;
}
