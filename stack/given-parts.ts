import { RatchetError } from '../domain/errors/ratchet-error.js';

/** Parts that somebody else runs, as settings of our processes; a part that is absent is embedded. */
export interface GivenParts {
  readonly temporal?: Readonly<Record<string, string>>;
  readonly database?: { readonly url: string; readonly ownerUrl: string };
  readonly blobs?: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment names: TEMPORAL_ADDRESS, DATABASE_URL, RATCHET_S3_ENDPOINT. Error: `SETTING_INVALID` where one
 * is named without what must come with it, so that a stray variable is not taken for a store of ours.
 */
export function givenParts(env: Environment): GivenParts {
  const url = env['DATABASE_URL'];
  const ownerUrl = env['DATABASE_OWNER_URL'];
  if (url !== undefined && ownerUrl === undefined) {
    throw new RatchetError(
      'SETTING_INVALID',
      'DATABASE_URL is set, so that database would be used, and DATABASE_OWNER_URL for its migrations is not; set both, or neither for an embedded one',
    );
  }
  return {
    ...(env['TEMPORAL_ADDRESS'] === undefined ? {} : { temporal: startingWith(env, 'TEMPORAL_') }),
    ...(url === undefined || ownerUrl === undefined ? {} : { database: { url, ownerUrl } }),
    ...(env['RATCHET_S3_ENDPOINT'] === undefined ? {} : { blobs: startingWith(env, 'RATCHET_S3_') }),
  };
}

function startingWith(env: Environment, prefix: string): Record<string, string> {
  const rows = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined ? [[name, value] as const] : [],
  );
  return Object.fromEntries(rows);
}
