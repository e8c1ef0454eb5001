import { engineLabels, isByDigest } from './labels.js';

/** What a request is held against. */
export interface SpecBounds {
  /** Folder that binds lie under: absolute, without links in it. */
  readonly root: string;
  /** The agent's name: containers carry it. */
  readonly agent: string;
}

/** Says what is allowed, where a value is not. */
type Rule = (value: unknown, bounds: SpecBounds) => string | null;
interface Held {
  readonly rule: Rule;
  readonly isOptional?: true;
  /** Of an object whose own keys are on a list. */
  readonly parts?: Rules;
}
export interface Rules {
  readonly [key: string]: Held;
}

const mebibyte = 1024 ** 2;

/**
 * Why a request for a container is refused; empty where it may be made. It is a list of what is allowed: a key that is
 * not on it is refused by its name, whatever it says, and so is one that has to be there and is not.
 */
export function refuseSpec(body: unknown, bounds: SpecBounds): readonly string[] {
  if (!isRecord(body)) return ['the request is not an object'];
  const host = body['HostConfig'];
  return [
    ...held(body, topRules, bounds, ''),
    ...(isRecord(host) ? held(host, hostRules, bounds, 'HostConfig.') : []),
    ...memoryAndSwap(host),
  ];
}

/** What of an object is not as its rules say, with the place at which it stands. */
export function held(value: object, rules: Rules, bounds: SpecBounds, at: string): readonly string[] {
  const record = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(record).filter((key) => !Object.hasOwn(rules, key));
  const broken = Object.entries(rules).flatMap(([key, { rule, isOptional, parts }]) => {
    const part = record[key];
    if (part === undefined) return isOptional ? [] : [`${at}${key} is missing`];
    const allowed = rule(part, bounds);
    if (allowed !== null) return [`${at}${key} is ${shown(part)}; allowed: ${allowed}`];
    return parts !== undefined && isRecord(part) ? held(part, parts, bounds, `${at}${key}.`) : [];
  });
  return [...unknown.map((key) => `${at}${key} is not on the list of what a container may ask`), ...broken];
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value: unknown) => (JSON.stringify(value) ?? String(value)).slice(0, 200);
export const when = (holds: boolean, allowed: string) => (holds ? null : allowed);
export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function only(...allowed: readonly string[]): Rule {
  return (value) => when(typeof value === 'string' && allowed.includes(value), allowed.join(' or '));
}
export function exactly(expected: unknown): Rule {
  return (value) => when(shown(value) === shown(expected), shown(expected));
}
export function between(low: number, high: number): Rule {
  return (value) =>
    when(Number.isInteger(value) && Number(value) >= low && Number(value) <= high, `${low} to ${high}`);
}

/** What a container is made of, alone or as a task of a service. */
export const contentRules = {
  Image: {
    rule: (value) => when(typeof value === 'string' && isByDigest(value), 'an image by its sha256 digest'),
  },
  User: {
    rule: (value) =>
      when(/^[1-9]\d{3,8}:[1-9]\d{3,8}$/.test(String(value)), 'user and group by number, not root'),
  },
  Env: {
    rule: (value) => when(isTexts(value) && value.every((v) => /^[A-Z_][A-Z0-9_]*=/.test(v)), 'NAME=value'),
  },
  Labels: {
    rule: (value, { agent }) =>
      when(
        isRecord(value) && value[engineLabels.agent] === agent,
        `labels with ${engineLabels.agent}=${agent}`,
      ),
  },
} as const satisfies Rules;

const topRules: Rules = {
  ...contentRules,
  Cmd: { rule: (value) => when(isTexts(value), 'a list of words'), isOptional: true },
  ExposedPorts: { rule: (value) => when(isRecord(value), 'ports'), isOptional: true },
  HostConfig: { rule: (value) => when(isRecord(value), 'an object') },
};

const hostRules: Rules = {
  NetworkMode: {
    rule: (value) =>
      when(/^(none|ratchet-[a-z0-9-]+)$/.test(String(value)), 'none, or a network ratchet-...'),
  },
  PortBindings: { rule: onLoopback, isOptional: true },
  ReadonlyRootfs: { rule: exactly(true) },
  CapDrop: { rule: exactly(['ALL']) },
  SecurityOpt: { rule: exactly(['no-new-privileges']) },
  PidsLimit: { rule: between(1, 4096) },
  Memory: { rule: between(16 * mebibyte, 1024 * 1024 * mebibyte) },
  MemorySwap: { rule: between(16 * mebibyte, 1024 * 1024 * mebibyte) },
  NanoCpus: { rule: between(1e7, 1024e9) },
  Tmpfs: { rule: inMemory, isOptional: true },
  Mounts: { rule: readBeneath, isOptional: true },
  RestartPolicy: { rule: (value) => (isRecord(value) ? restart(value['Name'], noBounds) : 'an object') },
  LogConfig: {
    rule: (value) =>
      when(
        isRecord(value) &&
          value['Type'] === 'json-file' &&
          isRecord(value['Config']) &&
          'max-size' in value['Config'],
        'json-file with max-size',
      ),
  },
};
const restart = only('no', 'unless-stopped');
const noBounds: SpecBounds = { root: '', agent: '' };

function onLoopback(value: unknown): string | null {
  const lists = isRecord(value) ? Object.values(value) : [null];
  const isLocal = (binding: unknown) => isRecord(binding) && binding['HostIp'] === '127.0.0.1';
  return when(
    lists.every((list) => Array.isArray(list) && list.every(isLocal)),
    'HostIp 127.0.0.1 alone',
  );
}

function inMemory(value: unknown): string | null {
  const isConfined = ([target, options]: readonly [string, unknown]) => {
    const words = String(options).split(',');
    const hasAll = ['noexec', 'nosuid', 'nodev'].every((word) => words.includes(word));
    return isPlainPath(target) && hasAll && words.some((word) => /^size=\d+$/.test(word));
  };
  return when(
    isRecord(value) && Object.entries(value).every(isConfined),
    'folders with noexec, nosuid, nodev and a size in bytes',
  );
}

function readBeneath(value: unknown, { root }: SpecBounds): string | null {
  return when(
    Array.isArray(value) && value.every((mount) => isReadBeneath(mount, root)),
    `binds that are read only, of what lies in ${root}`,
  );
}

/** Whether it is a bind that is read only, of what lies in the folder. */
export function isReadBeneath(mount: unknown, root: string): boolean {
  const keys = ['ReadOnly', 'Source', 'Target', 'Type'];
  return (
    isRecord(mount) &&
    Object.keys(mount).toSorted().join() === keys.join() &&
    mount['Type'] === 'bind' &&
    mount['ReadOnly'] === true &&
    isPlainPath(mount['Target']) &&
    isPlainPath(mount['Source']) &&
    mount['Source'].startsWith(`${root}/`)
  );
}

/** Absolute, and says where it leads: no empty part, no dots, no control character. */
export function isPlainPath(value: unknown): value is string {
  if (typeof value !== 'string' || !value.startsWith('/') || /[\p{Cc},]/u.test(value)) return false;
  return value
    .slice(1)
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..');
}

function memoryAndSwap(host: unknown): readonly string[] {
  if (!isRecord(host) || host['Memory'] === host['MemorySwap']) return [];
  return ['HostConfig.MemorySwap is not HostConfig.Memory: there is swap beside'];
}
