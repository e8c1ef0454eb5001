import type { Stores } from './embedded-parts.js';
import type { PartContext } from './parts/part-context.js';

/** Variables that could point a process elsewhere than at the stack, and secrets that are for one process alone. */
const replaced =
  /^(TEMPORAL|DATABASE|AWS|PG|RATCHET_S3|RATCHET_METRICS|RATCHET_TOKEN|RATCHET_SIGNER|RATCHET_HOOK_SECRET)[A-Z0-9_]*$/;

/** Nothing phones home, and the AWS client does not announce its next major version at every start. */
export const quiet = {
  ORT_DISABLE_TELEMETRY: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  DO_NOT_TRACK: '1',
} as const;

/**
 * The environment of our processes: the caller's own, such as PATH, proxies and settings like RATCHET_GPU_DEVICES, and
 * the stack's settings over it. The address of the database's owner is not in it.
 */
export function processEnvironment(
  given: Readonly<Record<string, string | undefined>>,
  { paths, port }: PartContext,
  stores: Stores,
  tokenSha256: string,
): Record<string, string> {
  const kept = Object.entries(given).flatMap(([name, value]) =>
    value === undefined || replaced.test(name) ? [] : [[name, value] as const],
  );
  return {
    RATCHET_SHUTDOWN_GRACE_MS: '5000',
    RATCHET_GIT_ALLOW_LOCAL: 'true',
    RATCHET_SECRETS_DIR: paths.secrets,
    ...Object.fromEntries(kept),
    RATCHET_STATE_DIR: paths.state,
    ...stores.temporal,
    ...stores.blobs,
    DATABASE_URL: stores.database.app,
    RATCHET_GATEWAY_HOST: '127.0.0.1',
    RATCHET_GATEWAY_PORT: String(port('gateway')),
    RATCHET_TOKEN_SHA256: tokenSha256,
    ...quiet,
  };
}
