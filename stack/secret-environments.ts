import type { PartContext } from './parts/part-context.js';
import { databaseUrls } from './parts/postgres-roles.js';
import type { ProcessName } from './parts/processes.js';
import { sha256Hex } from './stack-secrets.js';

/** Variables of each process that no other has, by its name. */
export type SecretEnvironments = Readonly<Record<ProcessName, Readonly<Record<string, string>>>>;

export const hookSecretVariables = ['RATCHET_HOOK_SECRET', 'RATCHET_HOOK_SECRET_BEFORE'] as const;

/**
 * The key is named to the signer alone, which is told of the tokens only what recognises them. What webhooks are believed
 * by is told to the gateway alone: what the caller's environment says, else what the stack made.
 */
export function secretEnvironments(
  context: PartContext,
  given: Readonly<Record<string, string | undefined>>,
): SecretEnvironments {
  const { paths, port, secrets } = context;
  const { signerGatewayToken, signerWorkersToken } = secrets;
  const url = `http://127.0.0.1:${port('signer')}`;
  const asking = (token: string) => ({ RATCHET_SIGNER_URL: url, RATCHET_SIGNER_TOKEN: token });
  return {
    gateway: {
      ...asking(signerGatewayToken),
      RATCHET_HOOK_SECRET: given['RATCHET_HOOK_SECRET'] || secrets.hookSecret,
      RATCHET_HOOK_SECRET_BEFORE: given['RATCHET_HOOK_SECRET_BEFORE'] ?? '',
    },
    orchestrator: asking(signerWorkersToken),
    cpu: {},
    // No part of the control plane but Temporal and the objects.
    engine: { DATABASE_URL: '' },
    gpu: {},
    serving: {},
    endpoints: recording(context, given),
    signer: {
      RATCHET_SIGNER_HOST: '127.0.0.1',
      RATCHET_SIGNER_PORT: String(port('signer')),
      RATCHET_SIGNER_KEY_FILE: paths.signerKey,
      RATCHET_SIGNER_GATEWAY_SHA256: sha256Hex(signerGatewayToken),
      RATCHET_SIGNER_WORKERS_SHA256: sha256Hex(signerWorkersToken),
    },
  };
}

/** What endpoints answer is recorded where their user of the database is known: that of the stack, or one that is named. */
function recording(
  { port, secrets }: PartContext,
  given: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const embedded = given['DATABASE_URL'] ? undefined : databaseUrls(port('postgres'), secrets).serving;
  const url = given['DATABASE_SERVING_URL'] || embedded;
  if (url === undefined) return {};
  return {
    DATABASE_SERVING_URL: url,
    RATCHET_SERVING_RECORD: given['RATCHET_SERVING_RECORD'] ?? 'on',
  };
}
