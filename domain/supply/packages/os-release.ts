import type { OperatingSystem } from '../inventory.js';

/** Reads os-release(5); null where it does not say what it is of. */
export function readOsRelease(text: string): OperatingSystem | null {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? [];
    if (key !== '') fields.set(key, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  const id = fields.get('ID') ?? '';
  if (!/^[a-z0-9._-]{1,40}$/.test(id)) return null;
  return { id, version: fields.get('VERSION_ID') ?? '', name: fields.get('PRETTY_NAME') ?? id };
}

/** How OSV names the packages of a system; null for one that it is not asked about here. */
export function ecosystemOf({ id, version }: OperatingSystem): string | null {
  if (id === 'debian') return version === '' ? 'Debian' : `Debian:${version.split('.')[0]}`;
  if (id === 'ubuntu') return version === '' ? 'Ubuntu' : `Ubuntu:${version}`;
  if (id === 'alpine') return `Alpine:v${version.split('.').slice(0, 2).join('.')}`;
  return null;
}
