/** What a file says about packages. */
export type PackageFileKind = 'os-release' | 'dpkg' | 'apk' | 'python' | 'npm' | 'npm-lock';

const forms: readonly (readonly [PackageFileKind, RegExp])[] = [
  ['os-release', /^(?:etc|usr\/lib)\/os-release$/],
  ['dpkg', /^var\/lib\/dpkg\/(?:status|status\.d\/[^/]+(?<!\.md5sums))$/],
  ['apk', /^(?:usr\/)?lib\/apk\/db\/installed$/],
  ['python', /(?:^|\/)[^/]+\.(?:dist-info\/METADATA|egg-info\/PKG-INFO)$/],
  ['npm', /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/],
  ['npm-lock', /^(?!(?:.*\/)?node_modules\/)(?:.*\/)?package-lock\.json$/],
];

/** Which of them a path is; undefined for every other file. */
export function packageFile(path: string): PackageFileKind | undefined {
  return forms.find(([, form]) => form.test(path))?.[0];
}

/** Databases of an operating system that may hide behind a link. */
export const fixedPackageFiles = [
  'var/lib/dpkg/status',
  'var/lib/dpkg/status.d',
  'lib/apk/db/installed',
  'usr/lib/apk/db/installed',
] as const;
