import { RatchetError } from '../errors/ratchet-error.js';
import { nameClash, type ServingManifest } from './manifest.js';

/** A model of the registry, and which version of it: the one that an alias leads to, or a number. */
export interface ModelReference {
  readonly project: string;
  readonly model: string;
  readonly wanted: { readonly alias: string } | { readonly version: number };
}

const written = /^([^/@\s]+)\/([^/@\s]+)@(?:([1-9]\d{0,8})|([a-z][a-z0-9-]{0,62}))$/;

/** Reads `project/model@alias` or `project/model@version`. Error: `NAME_INVALID`. */
export function parseModelReference(text: string): ModelReference {
  const [, project, model, version, alias] = written.exec(text) ?? [];
  if (project === undefined || model === undefined) {
    throw new RatchetError(
      'NAME_INVALID',
      `"${text}" names no version of a model: it is written as <project>/<model>@<alias or version>`,
    );
  }
  return { project, model, wanted: alias === undefined ? { version: Number(version) } : { alias } };
}

/** Reads several, each for a model of its own. Error: `NAME_INVALID`, also where two would be served by one name. */
export function parseModelReferences(texts: readonly string[]): readonly ModelReference[] {
  const references = texts.map(parseModelReference);
  for (const [i, { model, project }] of references.entries()) {
    const other = references.slice(0, i).find((before) => before.model === model);
    if (other === undefined) continue;
    const twice = `the model ${project}/${model} is named twice`;
    throw new RatchetError(
      'NAME_INVALID',
      other.project === project ? twice : nameClash(model, other.project, project),
    );
  }
  return references;
}

/** Of a manifest what the references name; null where it does not say of each of them where it leads. */
export function coveredPart(
  references: readonly ModelReference[],
  manifest: ServingManifest,
): ServingManifest | null {
  const parts = references.map(({ project, model, wanted }) => {
    const versions = manifest.models.filter((m) => m.project === project && m.model === model);
    if ('alias' in wanted) return versions.some(({ alias }) => alias === wanted.alias) ? versions : null;
    const found = versions.find(({ version }) => version === wanted.version);
    return found === undefined ? null : [{ ...found, alias: null }];
  });
  return parts.includes(null) ? null : { ...manifest, models: parts.flatMap((part) => part ?? []) };
}
