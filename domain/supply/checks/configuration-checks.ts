import { isPinned } from '../image-reference.js';
import type { ScanFinding } from '../scan-finding.js';
import type { Severity } from '../severity.js';
import type { ImageConfig, ImageFile } from './image-config.js';
import { secretsInText } from './secret-rules.js';

/** What is looked at in the configuration of an image and the permissions of its files, with how bad it is. */
export const configurationChecks = {
  'root-user': 'high',
  'setuid-file': 'high',
  'base-by-tag': 'high',
  'secret-in-configuration': 'critical',
  'writable-by-all': 'medium',
  'no-health-check': 'low',
  'privileged-port': 'low',
  'declared-volume': 'low',
} as const satisfies Readonly<Record<string, Severity>>;
export type ConfigurationCheck = keyof typeof configurationChecks;

/** Labels by which an image says what it was built on. */
export const baseLabels = {
  name: 'org.opencontainers.image.base.name',
  digest: 'org.opencontainers.image.base.digest',
} as const;

/** Findings about how an image is set up. The base is what its labels, or the one who knows, say it is. */
export function checkConfiguration(
  config: ImageConfig,
  files: Iterable<ImageFile>,
  base: string | null = baseOf(config),
): readonly ScanFinding[] {
  return [
    ...userFindings(config),
    ...baseFindings(base),
    ...secretFindings(config),
    ...config.exposedPorts
      .filter((port) => Number.parseInt(port, 10) < 1024)
      .map((port) =>
        finding('privileged-port', null, `port ${port} needs a privilege; allowed are ports from 1024 on`),
      ),
    ...config.volumes.map((path) =>
      finding('declared-volume', path, `${path} is a volume: it is writable even where the root is not`),
    ),
    ...(config.hasHealthCheck ? [] : [finding('no-health-check', null, 'the image has no health check')]),
    ...[...files].flatMap(fileFindings),
  ];
}

/** What an image was built on: a name with a digest where both are known; null where it does not say. */
export function baseOf({ labels }: ImageConfig): string | null {
  const [name, digest] = [labels[baseLabels.name], labels[baseLabels.digest]];
  if (name === undefined) return digest ?? null;
  return name.includes('@') || digest === undefined ? name : `${name}@${digest}`;
}

function userFindings({ user }: ImageConfig): ScanFinding[] {
  const name = user.split(':', 1)[0] ?? '';
  if (name !== '' && name !== 'root' && !/^0+$/.test(name)) return [];
  const came = name === '' ? 'no user, which is root' : `user ${user}`;
  return [finding('root-user', null, `the image runs as ${came}; allowed is any other user`)];
}

function baseFindings(base: string | null): ScanFinding[] {
  if (base !== null && isPinned(base)) return [];
  const came = base === null ? 'does not say what it is built on' : `is built on ${base.slice(0, 200)}`;
  const allowed = `allowed is a base by digest, in the labels ${baseLabels.name} and ${baseLabels.digest}`;
  return [finding('base-by-tag', null, `the image ${came}; ${allowed}`)];
}

/** A name of a variable that says it holds a secret. */
const secretName =
  /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(?:_|$)/i;

function secretFindings({ environment, labels, command, history }: ImageConfig): ScanFinding[] {
  const named = environment
    .map((entry) => entry.split('=', 2) as [string, string?])
    .filter(([name, value = '']) => value !== '' && secretName.test(name))
    .map(([name]) =>
      finding(
        'secret-in-configuration',
        null,
        `the variable ${name.slice(0, 100)} holds a secret in the image`,
      ),
    );
  const parts = [
    ['environment', environment],
    ['labels', Object.values(labels)],
    ['command', command],
    ['history', history],
  ] as const;
  const seen = parts.flatMap(([part, texts]) =>
    secretsInText(texts.join('\n')).map(({ about }) =>
      finding('secret-in-configuration', null, `the ${part} of the image holds ${about}`),
    ),
  );
  return [...named, ...seen];
}

const setIds = 0o6000;
const sticky = 0o1000;
const writableByAll = 0o002;

function fileFindings({ path, kind, mode, hasCapabilities }: ImageFile): ScanFinding[] {
  if (kind !== 'file' && kind !== 'folder') return [];
  const found: ScanFinding[] = [];
  if (kind === 'file' && (mode & setIds) !== 0)
    found.push(
      finding('setuid-file', path, `/${path} runs with the rights of its owner (mode ${mode.toString(8)})`),
    );
  if (kind === 'file' && hasCapabilities)
    found.push(finding('setuid-file', path, `/${path} has capabilities of its own`));
  const isOpen = (mode & writableByAll) !== 0 && !(kind === 'folder' && (mode & sticky) !== 0);
  if (isOpen)
    found.push(
      finding('writable-by-all', path, `/${path} may be written by every user (mode ${mode.toString(8)})`),
    );
  return found;
}

function finding(id: ConfigurationCheck, place: string | null, text: string): ScanFinding {
  return {
    kind: 'configuration',
    id,
    aliases: [],
    severity: configurationChecks[id],
    scanner: 'ratchet',
    package: null,
    fix: 'unknown',
    place,
    text,
  };
}
