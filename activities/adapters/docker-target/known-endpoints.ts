import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';

/** Endpoints of which the engine runs something that carries these labels, and those with a folder, by name. */
export async function knownEndpoints(
  root: string,
  running: readonly Readonly<Record<string, string>>[],
): Promise<readonly EndpointName[]> {
  const labelled = running.map((labels) => ({
    project: labels[engineLabels.project] ?? '',
    endpoint: labels[engineLabels.endpoint] ?? '',
  }));
  const all = [...labelled, ...(await keptEndpoints(join(root, 'endpoints')))];
  const byKey = new Map(all.map((name) => [`${name.project}/${name.endpoint}`, name]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
}

async function keptEndpoints(folder: string): Promise<readonly EndpointName[]> {
  const found: EndpointName[] = [];
  for (const project of await namesIn(folder)) {
    for (const endpoint of await namesIn(join(folder, project))) found.push({ project, endpoint });
  }
  return found;
}

/** Sorted; none where there is no such folder. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
