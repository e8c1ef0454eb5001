import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../../machine/write-atomically.js';
import { loneCertificate } from '../certificate.js';
import type { PartContext } from './part-context.js';

export const s3Ports = ['s3', 's3Master', 's3Volume', 's3Filer', 's3Admin'] as const;
export const s3Bucket = 'ratchet';

/**
 * Writes the options file. The server copies them into a file of its own, which everybody may read, and takes those up
 * again that it is not told next time: so that file is removed first, and no secret is an option.
 */
export function writeOptions({ paths, port }: PartContext): string {
  const data = join(paths.s3, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const options = {
    dir: data,
    ip: '127.0.0.1',
    'ip.bind': '127.0.0.1',
    's3.port': port('s3'),
    'master.port': port('s3Master'),
    'volume.port': port('s3Volume'),
    // By itself it takes as many as the free disk holds whole ones, and each bucket begins with seven that are empty.
    'volume.max': 10_000,
    'filer.port': port('s3Filer'),
    'admin.port': port('s3Admin'),
    'admin.ui': false,
    disableHttp: true,
    webdav: false,
    's3.port.iceberg': 0,
    's3.port.lance': 0,
    's3.autoCreateBucket': false,
    'master.telemetry': false,
    bucket: s3Bucket,
  };
  rmSync(join(data, 'mini.options'), { force: true });
  const path = join(paths.s3, 'options');
  const lines = Object.entries(options).map(([name, value]) => `${name}=${value}\n`);
  writeAtomically(path, lines.join(''), 0o600);
  return path;
}

/**
 * What closes each port: credentials for S3, signed tokens between filer and volumes, and mutual TLS on every gRPC
 * port, which would otherwise hand out objects and credentials to anybody on this machine.
 */
export function keysEnvironment({ paths, secrets }: PartContext): Record<string, string> {
  const { authority, certificate, key } = ensureCertificate(join(paths.s3, 'tls'));
  const roles = ['MASTER', 'VOLUME', 'FILER', 'S3', 'ADMIN', 'WORKER', 'CLIENT', 'MSG_BROKER'];
  const tls = roles.flatMap((role) => [
    [`WEED_GRPC_${role}_CERT`, certificate],
    [`WEED_GRPC_${role}_KEY`, key],
  ]);
  return {
    AWS_ACCESS_KEY_ID: secrets.s3AccessKey,
    AWS_SECRET_ACCESS_KEY: secrets.s3SecretKey,
    WEED_ADMIN_PASSWORD: secrets.s3AdminPassword,
    WEED_JWT_FILER_SIGNING_KEY: secrets.s3FilerWriteKey,
    WEED_JWT_FILER_SIGNING_READ_KEY: secrets.s3FilerReadKey,
    WEED_JWT_SIGNING_KEY: secrets.s3VolumeWriteKey,
    WEED_JWT_SIGNING_READ_KEY: secrets.s3VolumeReadKey,
    WEED_GRPC_CA: authority,
    ...Object.fromEntries(tls),
  };
}

/** Sockets that the server makes in /tmp, whatever it is told, and does not remove. */
export function removeSockets({ port }: PartContext): void {
  for (const name of s3Ports) {
    const kind = name === 's3' ? 's3' : name.slice(2).toLowerCase();
    for (const form of [
      `${kind}-grpc-${port(name) + 10_000}`,
      `${kind}-grpc-${port(name)}`,
      `${kind}-${port(name)}`,
    ])
      rmSync(`/tmp/seaweedfs-${form}.sock`, { force: true });
  }
}

/** The key of the authority is never written, so the certificate is the only one that is trusted. */
function ensureCertificate(folder: string) {
  const files = {
    authority: join(folder, 'authority.pem'),
    certificate: join(folder, 'certificate.pem'),
    key: join(folder, 'key.pem'),
  };
  if (Object.values(files).every((path) => existsSync(path))) return files;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = loneCertificate('ratchet embedded s3', new Date());
  for (const name of ['authority', 'certificate', 'key'] as const) {
    writeFileSync(files[name], made[name], { mode: 0o600 });
  }
  return files;
}
