import type { OperatingSystem, SoftwarePackage } from '../inventory.js';
import { familyOf } from '../versions/version-order.js';

/** Package URL of a package: `pkg:npm/%40scope/name@1.0.0`. Source: package-url/purl-spec. */
export function packageUrl(found: SoftwarePackage, system: OperatingSystem | null): string {
  const { ecosystem, name, version, architecture } = found;
  const at = `@${encode(version)}`;
  const family = familyOf(ecosystem);
  if (family === 'npm') return `pkg:npm/${name.split('/').map(encode).join('/')}${at}`;
  if (family === 'PyPI') return `pkg:pypi/${encode(name)}${at}`;
  const type = family === 'Alpine' ? 'apk' : 'deb';
  const qualifiers = [
    ...(architecture === undefined ? [] : [`arch=${encode(architecture)}`]),
    ...(system === null ? [] : [`distro=${encode(`${system.id}-${system.version}`)}`]),
  ];
  const suffix = qualifiers.length === 0 ? '' : `?${qualifiers.join('&')}`;
  return `pkg:${type}/${encode(system?.id ?? family.toLowerCase())}/${encode(name)}${at}${suffix}`;
}

/** The colon stays, as the specification has it. */
const encode = (text: string) => encodeURIComponent(text).replaceAll('%3A', ':');
