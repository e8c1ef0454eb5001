import type { ReadPackages } from './dpkg-status.js';
import { readStanzas } from './stanzas.js';

/** The package of a `METADATA` file in a dist-info folder. */
export function readPythonMetadata(text: string, place: string): ReadPackages {
  const [fields] = readStanzas(text);
  const [name, version] = [fields?.get('name') ?? '', fields?.get('version') ?? ''];
  if (name === '' || version === '')
    return { packages: [], gaps: [`${place} names no package, or no version of it`] };
  return { packages: [{ ecosystem: 'PyPI', name: pythonName(name), version, place }], gaps: [] };
}

/** The one spelling of a Python package's name (PEP 503). */
export const pythonName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');
