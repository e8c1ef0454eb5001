import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../domain/supply/checks/configuration-checks.js';
import type { ImageConfig, ImageFile } from '../../../domain/supply/checks/image-config.js';
import { secretsInFile, secretsInText } from '../../../domain/supply/checks/secret-rules.js';

const good: ImageConfig = {
  architecture: 'amd64',
  os: 'linux',
  user: '1000',
  environment: ['PATH=/bin', 'NODE_ENV=production', 'TOKEN_FILE=', 'TOKENIZERS=true'],
  command: ['node', 'main.js'],
  exposedPorts: ['8080/tcp'],
  volumes: [],
  hasHealthCheck: true,
  workingFolder: '/app',
  labels: {
    'org.opencontainers.image.base.name': 'base:1',
    'org.opencontainers.image.base.digest': `sha256:${'b'.repeat(64)}`,
  },
  history: ['COPY . /app'],
  layerDigests: [],
};
const plain: ImageFile = {
  path: 'bin/tool',
  kind: 'file',
  mode: 0o755,
  bytes: 1,
  target: null,
  hasCapabilities: false,
};
const found = (config: Partial<ImageConfig>, ...files: Partial<ImageFile>[]) =>
  checkConfiguration(
    { ...good, ...config },
    files.map((file) => ({ ...plain, ...file })),
  ).map(({ id }) => id);

/** Put together here, so that no scanner of this repository takes it for one. */
const awsKey = `AKIA${'IOSFODNN7QWERTYU'}`;
const token = `rtk_${'a'.repeat(16)}_${'b'.repeat(64)}_${'c'.repeat(8)}`;

describe('the configuration of an image', () => {
  it('that is in order has no findings', () => {
    expect(found({}, {}, { kind: 'folder', mode: 0o1777 }, { kind: 'link', mode: 0o777 })).toEqual([]);
  });

  it.each<[string, Partial<ImageConfig>, Partial<ImageFile>[]]>([
    ['root-user', { user: '' }, []],
    ['root-user', { user: 'root:app' }, []],
    ['root-user', { user: '00' }, []],
    ['base-by-tag', { labels: {} }, []],
    ['base-by-tag', { labels: { 'org.opencontainers.image.base.name': 'debian:latest' } }, []],
    ['secret-in-configuration', { environment: ['DB_PASSWORD=hunter2'] }, []],
    ['secret-in-configuration', { environment: [`X=${awsKey}`] }, []],
    ['secret-in-configuration', { history: [`RUN curl -H 'authorization: ${token}' x`] }, []],
    ['setuid-file', {}, [{ mode: 0o4755 }]],
    ['setuid-file', {}, [{ mode: 0o2755 }]],
    ['setuid-file', {}, [{ hasCapabilities: true }]],
    ['writable-by-all', {}, [{ mode: 0o666 }]],
    ['writable-by-all', {}, [{ kind: 'folder', mode: 0o777 }]],
    ['no-health-check', { hasHealthCheck: false }, []],
    ['privileged-port', { exposedPorts: ['80/tcp'] }, []],
    ['declared-volume', { volumes: ['/data'] }, []],
  ])('%s: %j', (id, config, files) => {
    expect(found(config, ...files)).toEqual([id]);
  });

  it('never repeats the secret', () => {
    const told = JSON.stringify(
      checkConfiguration({ ...good, environment: [`API_KEY=${token}`], history: [awsKey] }, []),
    );
    expect(told).toContain('API_KEY');
    expect(told).not.toMatch(/rtk_|AKIA/);
  });
});

describe('a secret in a text', () => {
  it.each([
    ['private-key', '-----BEGIN PRIVATE KEY-----\nMIIEvQ'],
    ['private-key', '-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED'],
    ['private-key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl'],
    ['private-key', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOY'],
    ['aws-access-key', `id = "${awsKey}"`],
    ['ratchet-token', `authorization: Bearer ${token}`],
    ['github-token', `ghp_${'a'.repeat(36)}`],
    ['npm-token', `//registry.example/:_authToken=${'a'.repeat(20)}`],
  ])('%s: %s', (id, text) => {
    expect(secretsInText(text).map((secret) => secret.id)).toEqual([id]);
  });

  it.each([
    '-----BEGIN PUBLIC KEY-----\nMIIE',
    'PRIVATE KEY',
    `if (text.includes('-----BEGIN PRIVATE KEY-----')) throw`,
    `X${awsKey}`,
    // The key that the documentation of AWS, and with it every client, shows.
    `AKIA${'IOSFODNN7EXAMPLE'}`,
    `${awsKey}A`,
    `rtk_${'a'.repeat(16)}_${'b'.repeat(63)}_${'c'.repeat(8)}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell.
    '//registry.example/:_authToken=${NPM_TOKEN}',
  ])('is not %s', (text) => {
    expect(secretsInText(text)).toEqual([]);
  });

  it('is looked for in the files that are for it', () => {
    const ids = (path: string, text: string) => secretsInFile(path, text).map(({ id }) => id);
    expect(ids('app/.env', 'A=1')).toEqual(['environment-file']);
    expect(ids('app/.env.production', 'export A="x"')).toEqual(['environment-file']);
    expect(ids('app/.env.example', 'A=1')).toEqual([]);
    expect(ids('app/.env', '# A=1\nB=\n')).toEqual([]);
    expect(ids('root/.npmrc', '//r/:_password=abc')).toEqual(['npm-credentials']);
    expect(ids('root/.docker/config.json', '{"auths":{"r":{"auth":"abc"}}}')).toEqual(['docker-credentials']);
    expect(ids('root/.git-credentials', 'https://user:pass@host')).toEqual(['git-credentials']);
    expect(ids('root/.aws/credentials', 'aws_secret_access_key = abc')).toEqual(['aws-credentials']);
    expect(ids('root/readme', 'A=1')).toEqual([]);
  });

  it('is found in time that grows with the text alone', () => {
    const parts = ['-----BEGIN ', 'A '.repeat(20), '_authToken', ' ', '=', 'AKIA', 'ghp_', 'rtk_', '\n\t'];
    const long = parts.map((part) => part.repeat(1_000_000 / part.length)).join('');
    expect(secretsInFile('app/.env', long).length).toBeLessThan(3);
  });
});
