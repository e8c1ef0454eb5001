import type { ImageRef } from '../ports/deployment-target.js';

/** What an engine knows an image by: its digest, behind its repository where it was pushed to one. */
export function imageName({ digest, repository }: Pick<ImageRef, 'digest' | 'repository'>): string {
  return repository === null ? digest : `${repository}@${digest}`;
}
