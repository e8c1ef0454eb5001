import type { ModelLine } from '../ports/model-lines.js';
import { foldersAbove, patternIndex } from './path-index.js';

/** The part of a model's line that says which files it has to do with. */
export type LineFiles = Pick<ModelLine, 'model' | 'path' | 'parts'> & {
  readonly triggers: Pick<ModelLine['triggers'], 'push'>;
};

/** A part of a model that holds a file. */
export interface HoldingPart {
  readonly model: string;
  /** Folder or file. */
  readonly part: string;
}

/** Who has to do with a path. */
export interface ModelParts {
  /** Folder of a model, by its name. */
  readonly folders: ReadonlyMap<string, string>;
  /** The model in whose folder a path lies, the innermost of several. */
  readonly ownerOf: (path: string) => string | undefined;
  /** Parts beside the folders of models that hold a path: training code, tables, features, requirements. */
  readonly partsOf: (path: string) => readonly HoldingPart[];
  /** Models whose `triggers.push.paths` a path meets. */
  readonly askedBy: (path: string) => readonly string[];
}

/** Prepared once for all files of a change: each then costs as much as it has folders. */
export function modelParts(lines: readonly LineFiles[]): ModelParts {
  const owners = new Map<string, string>();
  const parts = new Map<string, HoldingPart[]>();
  for (const { model, path, parts: named } of lines) {
    const folder = plainPath(path);
    owners.set(folder, model);
    for (const part of new Set(named.map(plainPath)))
      if (part !== folder) parts.set(part, [...(parts.get(part) ?? []), { model, part }]);
  }
  const asked = patternIndex(
    lines.flatMap(({ model, triggers: { push } }) =>
      push === false ? [] : push.paths.map((pattern) => [pattern, model] as const),
    ),
  );
  return {
    folders: new Map(lines.map(({ model, path }) => [model, plainPath(path)])),
    ownerOf: (path) =>
      foldersAbove(path)
        .flatMap((folder) => owners.get(folder) ?? [])
        .at(-1),
    partsOf: (path) => [...foldersAbove(path), path].flatMap((folder) => parts.get(folder) ?? []),
    askedBy: (path) => [...new Set(asked(path))],
  };
}

/** `./models/late/` as `models/late`; the root is empty. */
export function plainPath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}
