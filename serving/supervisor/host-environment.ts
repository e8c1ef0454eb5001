import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Environment } from '../../domain/config/setting.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import { hostLimits } from '../../domain/serving/host-limits.js';
import { leanNode } from '../../domain/serving/lean-node.js';
import { type RecordRules, recordSettings } from '../../domain/serving/record-rules.js';
import { revisionFiles } from './revision-folder.js';

/**
 * What a host, which runs the user's code, may know of the process that starts it: where programs are, and the settings of
 * every host of this machine.
 */
const handedOn =
  /^(PATH|HOME|LANG|LC_[A-Z]+|TZ|TMPDIR|NODE_EXTRA_CA_CERTS|ORT_DISABLE_TELEMETRY|DO_NOT_TRACK|LD_LIBRARY_PATH|CUDA_VISIBLE_DEVICES|DATABASE_SERVING_URL|RATCHET_SERVING_(?!REPOSITORY|MODELS|DEFAULT_MODEL|APPLICATION).*)$/;
const secretScheme = 'secret://';

/** What one host is started for. */
export interface HostPlace {
  readonly wanted: WantedRevision;
  /** Folder of the revision. */
  readonly folder: string;
  /** Folder of this host alone. */
  readonly spool: string;
}

/** The environment of a host, and which texts of it must not reach a log. */
export interface HostEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** Errors: those of `Secrets.read`. */
export async function hostEnvironment(
  given: Environment,
  place: HostPlace,
  secrets: Secrets,
): Promise<HostEnvironment> {
  const known = Object.entries(given).filter(([name]) => handedOn.test(name));
  const asked = await Promise.all(
    Object.entries(place.wanted.environment).map(async ([name, value]) => {
      const secret = value.startsWith(secretScheme);
      const text = secret ? await secrets.read(value.slice(secretScheme.length)) : value;
      return { name, text, secret };
    }),
  );
  const key = place.wanted.record?.key ?? null;
  const maskKey = key === null ? [] : [await secrets.read(key.slice(secretScheme.length))];
  const tokens = await sourceTokens(place.wanted.record?.tokens, secrets);
  return {
    env: {
      ...leanNode.env,
      ...(Object.fromEntries(known) as Record<string, string>),
      ...Object.fromEntries(asked.map(({ name, text }) => [name, text])),
      ...hostSettings(place),
      ...Object.fromEntries(maskKey.map((text) => ['RATCHET_SERVING_MASK_KEY', text])),
      ...tokens,
    },
    secrets: [...asked.filter(({ secret }) => secret).map(({ text }) => text), ...maskKey],
  };
}

/** A host compares digests, and has no token to lose. */
async function sourceTokens(
  tokens: RecordRules['tokens'],
  secrets: Secrets,
): Promise<Record<string, string>> {
  if (tokens === undefined) return {};
  const digests = Object.entries(tokens).map(async ([source, reference]) => {
    const token = await secrets.read(reference.slice(secretScheme.length));
    return [source, createHash('sha256').update(token, 'utf8').digest('hex')] as const;
  });
  return {
    RATCHET_SERVING_SOURCE_TOKENS: JSON.stringify(Object.fromEntries(await Promise.all(digests))),
  };
}

function hostSettings({ wanted, folder, spool }: HostPlace): Record<string, string> {
  return {
    RATCHET_SERVING_MANIFEST: join(folder, revisionFiles.manifest),
    RATCHET_SERVING_CACHE_DIR: join(folder, revisionFiles.models),
    RATCHET_SERVING_SPOOL_DIR: spool,
    // Its own ports are for whoever started it; what clients reach is handed over.
    RATCHET_SERVING_HOST: '127.0.0.1',
    RATCHET_SERVING_HTTP_PORT: '0',
    RATCHET_SERVING_GRPC_PORT: '0',
    RATCHET_METRICS_HOST: '127.0.0.1',
    RATCHET_METRICS_PORT: '0',
    ...hostLimits(wanted),
    ...recordSettings(wanted.record),
  };
}
