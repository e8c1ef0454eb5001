import { isIP } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Secrets } from '../../../domain/ports/secrets.js';
import type { ObjectSourceSpec } from '../../../domain/ports/sources.js';
import { lookupPublic, notPublic } from './public-endpoint.js';

/** The S3 service of the platform itself. */
export interface PlatformS3 {
  readonly endpoint: string;
  readonly region: string;
  /** Holds the platform's own objects, test splits among them. */
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

interface Access {
  readonly endpoint: URL;
  /** Whether an administrator chose the endpoint, and not a repository. */
  readonly trusted: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * A client for the bucket of a source. The endpoint is the platform's own, the one that the secret of the credentials
 * names, or, if a repository names it, a public one. The platform's credentials stay with the platform's endpoint, and
 * its bucket is no source.
 */
export async function connectBucket(
  spec: ObjectSourceSpec,
  secrets: Secrets,
  platform: PlatformS3,
): Promise<S3Client> {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(spec.bucket)) {
    throw new RatchetError('SOURCE_REFUSED', `${JSON.stringify(spec.bucket)} is not the name of a bucket`);
  }
  const { endpoint, trusted, accessKeyId, secretAccessKey } = await accessTo(spec, secrets, platform);
  if (endpoint.href === new URL(platform.endpoint).href && spec.bucket === platform.bucket) {
    throw new RatchetError(
      'SOURCE_REFUSED',
      `the bucket ${spec.bucket} is the platform's own and no data source`,
    );
  }
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  const refusal = trusted || isIP(host) === 0 ? undefined : notPublic(host, host);
  if (refusal !== undefined) throw refusal;
  const agent = { keepAlive: true, maxSockets: 8, ...(trusted ? {} : { lookup: lookupPublic }) };
  return new S3Client({
    endpoint: endpoint.href,
    region: spec.region ?? platform.region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 5000,
      socketTimeout: 30_000,
      requestTimeout: 120_000,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}

async function accessTo(spec: ObjectSourceSpec, secrets: Secrets, platform: PlatformS3): Promise<Access> {
  const own = parseEndpoint(platform.endpoint);
  const asked = spec.endpoint === undefined ? undefined : parseEndpoint(spec.endpoint);
  if (spec.credentials === undefined) {
    if (asked !== undefined && asked.href !== own.href) {
      throw new RatchetError(
        'SOURCE_REFUSED',
        "the platform's own credentials are not sent to another endpoint",
      );
    }
    return {
      endpoint: own,
      trusted: true,
      accessKeyId: platform.accessKey,
      secretAccessKey: platform.secretKey,
    };
  }
  const { endpoint: bound, ...keys } = parseCredentials(
    spec.credentials,
    await secrets.read(spec.credentials),
  );
  const fixed = bound === undefined ? undefined : parseEndpoint(bound);
  if (fixed !== undefined && asked !== undefined && asked.href !== fixed.href) {
    throw new RatchetError('SOURCE_REFUSED', `the secret "${spec.credentials}" is for another endpoint`);
  }
  const endpoint = fixed ?? asked ?? own;
  return { ...keys, endpoint, trusted: fixed !== undefined || endpoint.href === own.href };
}

function parseEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url !== undefined && scheme && url.username === '' && url.password === '') return url;
  throw new RatchetError(
    'SOURCE_REFUSED',
    'the endpoint of the source is not an http or https address without user',
  );
}

const credentialsShape = z.object({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  endpoint: z.string().optional(),
});

/** The parser's own messages would quote the secret. */
function parseCredentials(name: string, text: string) {
  const shape = '{"accessKeyId": "...", "secretAccessKey": "..."} and, for a private service, "endpoint"';
  try {
    return credentialsShape.parse(JSON.parse(text));
  } catch {
    throw new RatchetError('SOURCE_REFUSED', `the secret "${name}" does not hold ${shape}`);
  }
}
