import { pathMatch } from '../triggers/path-match.js';

/** What a file is to a model, as far as its risk goes. */
export type FileKind =
  | 'serving-code'
  | 'serving-libraries'
  | 'base-image'
  | 'serving-api'
  | 'training-code'
  | 'training-libraries'
  | 'data'
  | 'configuration'
  | 'documentation'
  | 'unknown';

/** Where the files of a model lie, relative to the root of the repository; empty for the root itself. */
export interface ModelPlaces {
  readonly folder: string;
  /** `training.path`. */
  readonly training: string;
}

type Place = 'anywhere' | 'root' | 'folder' | 'serving' | 'training';

const lockFiles = [
  ...['**/package-lock.json', '**/npm-shrinkwrap.json', '**/yarn.lock', '**/pnpm-lock.yaml'],
  ...['**/requirements*.txt', '**/poetry.lock', '**/uv.lock', '**/Pipfile.lock', '**/conda-lock.yml'],
  ...['**/go.sum', '**/Cargo.lock', '**/gradle.lockfile', '**/renv.lock', '**/Manifest.toml'],
];

/** In order: the first row whose place holds the file and whose patterns it meets decides. */
const rows: readonly { readonly in: Place; readonly paths: readonly string[]; readonly kind: FileKind }[] = [
  { in: 'anywhere', paths: ['**/*.md', '**/*.ipynb'], kind: 'documentation' },
  { in: 'serving', paths: ['**/*.proto', '**/openapi*', '**/swagger*', 'api/**'], kind: 'serving-api' },
  { in: 'serving', paths: ['**/Dockerfile*', '**/*.Dockerfile', '**/Containerfile*'], kind: 'base-image' },
  { in: 'serving', paths: lockFiles, kind: 'serving-libraries' },
  { in: 'serving', paths: ['**'], kind: 'serving-code' },
  { in: 'folder', paths: ['ratchet.yaml'], kind: 'configuration' },
  { in: 'root', paths: ['tables/**', 'features/**'], kind: 'data' },
  { in: 'training', paths: lockFiles, kind: 'training-libraries' },
  { in: 'training', paths: ['**'], kind: 'training-code' },
  { in: 'folder', paths: ['**/*.sql'], kind: 'data' },
];

const prepared = rows.map((row) => ({ ...row, matches: row.paths.map(pathMatch) }));

/** What a changed file is to a model. */
export function fileKind(path: string, { folder, training }: ModelPlaces): FileKind {
  const places: Readonly<Record<Place, string>> = {
    anywhere: '',
    root: '',
    folder,
    serving: folder === '' ? 'serving' : `${folder}/serving`,
    training,
  };
  const row = prepared.find(({ in: place, matches }) => {
    const inside = insideOf(path, places[place]);
    return inside !== undefined && matches.some((match) => match(inside));
  });
  return row?.kind ?? 'unknown';
}

function insideOf(path: string, folder: string): string | undefined {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
