import { join, resolve } from 'node:path';
import { type Environment, readSection, type SectionValues } from './domain/config/setting.js';
import { blobsSettings } from './domain/config/settings/blobs.js';
import { clockSettings } from './domain/config/settings/clock.js';
import { databaseSettings } from './domain/config/settings/database.js';
import { egressSettings } from './domain/config/settings/egress.js';
import { endpointsSettings } from './domain/config/settings/endpoints.js';
import { engineSettings } from './domain/config/settings/engine.js';
import { gatewaySettings } from './domain/config/settings/gateway.js';
import { gitSettings } from './domain/config/settings/git.js';
import { hooksSettings } from './domain/config/settings/hooks.js';
import { metricsSettings } from './domain/config/settings/metrics.js';
import { servingSettings } from './domain/config/settings/serving.js';
import { signInSettings } from './domain/config/settings/sign-in.js';
import { signingSettings } from './domain/config/settings/signing.js';
import { stackSettings } from './domain/config/settings/stack.js';
import { stateSettings } from './domain/config/settings/state.js';
import { temporalSettings } from './domain/config/settings/temporal.js';
import { watchesSettings } from './domain/config/settings/watches.js';
import { workersSettings } from './domain/config/settings/workers.js';
import { RatchetError } from './domain/errors/ratchet-error.js';

/** Every setting, one section per room; the reference page is written from this table. */
export const settings = {
  state: stateSettings,
  temporal: temporalSettings,
  database: databaseSettings,
  blobs: blobsSettings,
  gateway: gatewaySettings,
  hooks: hooksSettings,
  signIn: signInSettings,
  metrics: metricsSettings,
  workers: workersSettings,
  serving: servingSettings,
  endpoints: endpointsSettings,
  engine: engineSettings,
  watches: watchesSettings,
  clock: clockSettings,
  git: gitSettings,
  egress: egressSettings,
  signing: signingSettings,
  stack: stackSettings,
} as const;
export type SettingsSection = keyof typeof settings;

type Parsed = { readonly [S in SettingsSection]: SectionValues<(typeof settings)[S]> };
/** What a process runs with. A process that needs less may read one section with `loadSection`. */
export type Config = Omit<Parsed, 'state' | 'endpoints'> & {
  readonly state: { readonly dir: string; readonly secretsDir: string };
  readonly endpoints: { readonly dir: string; readonly host: string };
};

/** Reads one section. Error: `SETTING_INVALID`, naming the variable, what came and what is allowed. */
export function loadSection<S extends SettingsSection>(
  name: S,
  env: Environment,
): SectionValues<(typeof settings)[S]> {
  return readSection(settings[name], env);
}

/** Reads every setting once. Error: `SETTING_INVALID`, as from the first section with something wrong. */
export function loadConfig(env: Environment): Config {
  return { ...readAll(env), ...loadPlaces(env) };
}

/** What this machine keeps, and where, for a process that stands on nothing else. Error: `SETTING_INVALID`. */
export function loadPlaces(env: Environment): Pick<Config, 'state' | 'endpoints'> {
  const [state, endpoints] = [loadSection('state', env), loadSection('endpoints', env)];
  const dir = resolve(state.dir);
  return {
    state: { dir, secretsDir: resolve(state.secretsDir ?? join(dir, 'secrets')) },
    endpoints: { ...endpoints, dir: resolve(endpoints.dir ?? join(dir, 'endpoints')) },
  };
}

/** The value of an optional setting that this process cannot do without. Error: `SETTING_INVALID`. */
export function requireSetting<T>(value: T | undefined, variable: string): T {
  if (value !== undefined) return value;
  throw new RatchetError('SETTING_INVALID', `${variable} is not set, and this process needs it`, {
    variable,
  });
}

function readAll(env: Environment): Parsed {
  const names = Object.keys(settings) as SettingsSection[];
  return Object.fromEntries(names.map((name) => [name, loadSection(name, env)])) as unknown as Parsed;
}
