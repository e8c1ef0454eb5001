import type { DeliveryContent } from '../../domain/ports/deliveries.js';

/** A webhook as it came. Nothing of it is believed before its signature is. */
export interface HookRequest {
  /** By name in lower case; undefined where it is not there. */
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
  readonly receivedAtMs: number;
}

/** What a believed webhook says. */
export interface ReadHook {
  /** The sender's, the same when it sends this again. */
  readonly id: string;
  /** More than one where one push moved several branches. */
  readonly contents: readonly [DeliveryContent, ...DeliveryContent[]];
  /** Addresses of the repository that it is about; null where it is about none. */
  readonly repository: readonly string[] | null;
}
