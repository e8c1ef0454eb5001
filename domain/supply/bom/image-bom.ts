import type { Inventory, SoftwarePackage } from '../inventory.js';
import { type ModelLineage, modelComponent } from './model-component.js';
import { packageUrl } from './purl.js';

export interface BomFacts {
  readonly imageDigest: string;
  /** What a registry calls the image; null before it is pushed. */
  readonly manifestDigest: string | null;
  readonly name: string;
  readonly inventory: Inventory;
  /** Of models in the image, and of those that it is to run with, which come beside it. */
  readonly models: readonly ModelLineage[];
}

/** A bill of materials, CycloneDX 1.6 as JSON. Equal facts give equal documents: it has no date and no random number. */
export function imageBom({ imageDigest, manifestDigest, name, inventory, models }: BomFacts): object {
  const { operatingSystem, packages, gaps } = inventory;
  const root = `image:${imageDigest}`;
  const components = [
    ...systemComponents(operatingSystem),
    ...packages.map((found) => packageComponent(found, packageUrl(found, operatingSystem))),
    ...modelComponents(inventory, models),
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'ratchet' }] },
      component: {
        type: 'container',
        'bom-ref': root,
        name,
        version: imageDigest,
        hashes: [{ alg: 'SHA-256', content: hexOf(imageDigest) }],
        ...(manifestDigest === null
          ? {}
          : { properties: [{ name: 'ratchet:manifest', value: manifestDigest }] }),
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((component) => component['bom-ref']) }],
    // Whoever reads the list must see that it may lack something.
    compositions: [{ aggregate: gaps.length === 0 ? 'unknown' : 'incomplete', assemblies: [root] }],
  };
}

type Component = { readonly 'bom-ref': string } & Readonly<Record<string, unknown>>;

function systemComponents(system: Inventory['operatingSystem']): Component[] {
  if (system === null) return [];
  const version = system.version === '' ? {} : { version: system.version };
  return [
    {
      type: 'operating-system',
      'bom-ref': `os:${system.id}`,
      name: system.id,
      ...version,
      description: system.name,
    },
  ];
}

function packageComponent({ name, version, place, source }: SoftwarePackage, purl: string): Component {
  const isBuiltFromOther = source !== undefined && source.name !== name;
  const properties = [
    { name: 'ratchet:file', value: `/${place}` },
    ...(isBuiltFromOther ? [{ name: 'ratchet:source', value: `${source.name} ${source.version}` }] : []),
  ];
  return { type: 'library', 'bom-ref': purl, name, version, purl, properties };
}

function modelComponents({ models: files }: Inventory, models: readonly ModelLineage[]): Component[] {
  const inImage = new Map(files.map((file) => [file.sha256, file]));
  const beside = models.filter(({ sha256 }) => !inImage.has(sha256));
  return [
    ...[...inImage.values()].map((file) =>
      modelComponent(file, models.find(({ sha256 }) => sha256 === file.sha256) ?? null),
    ),
    ...beside.map((model) => modelComponent(null, model)),
  ] as Component[];
}

const hexOf = (digest: string) => digest.replace(/^sha256:/, '');
