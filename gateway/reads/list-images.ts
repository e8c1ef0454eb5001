import type { z } from '@hono/zod-openapi';
import type { GatewayDeps } from '../deps.js';
import type { imageListSchema } from '../shapes/endpoints.js';
import { plainScan } from './plain-scan.js';

type Images = z.infer<typeof imageListSchema>['images'];

/** The images that revisions of endpoints ran, those that were used last first. */
export async function listImages(
  { endpoints, imageScans }: Pick<GatewayDeps, 'endpoints' | 'imageScans'>,
  projects: readonly string[] | null,
): Promise<Images> {
  const images = new Map<string, Images[number]>();
  for (const name of await endpoints.list()) {
    if (projects !== null && !projects.includes(name.project)) continue;
    const { project, endpoint } = name;
    const scans = await imageScans.list({ project, endpoint });
    for (const row of await endpoints.revisions(name)) {
      const { imageDigest: digest, from, until, applicationCommit, ordinal } = row;
      if (digest === null) continue;
      const key = `${project}/${endpoint} ${digest}`;
      const known = images.get(key);
      const repository = row.wanted.image?.repository ?? null;
      const own = {
        digest,
        project,
        endpoint,
        repository,
        applicationCommit,
        from,
        until,
        revisions: [ordinal],
        scan: plainScan(scans, digest),
      };
      images.set(key, known ? { ...known, from, revisions: [...known.revisions, ordinal] } : own);
    }
  }
  return [...images.values()].sort((a, b) => (a.from < b.from ? 1 : -1));
}
