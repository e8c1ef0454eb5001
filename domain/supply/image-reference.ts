/** A name of an image. At least one of tag and digest is there. */
export interface ImageReference {
  readonly repository: string;
  readonly tag: string | null;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string | null;
}

const form =
  /^((?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d{1,5})?\/)?(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*)(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;

/** Reads a name such as `debian:12-slim` or `registry:5000/app@sha256:...`; without a tag and a digest it is `latest`. Undefined for what is no name. */
export function readImageReference(text: string): ImageReference | undefined {
  if (text.length > 512) return undefined;
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, repository = '', tag, digest] = match;
  return { repository, tag: tag ?? (digest === undefined ? 'latest' : null), digest: digest ?? null };
}

/** Whether a name can only ever mean one image, as a digest does, with a repository or alone: a tag can be moved to another. */
export const isPinned = (text: string): boolean =>
  /^sha256:[0-9a-f]{64}$/.test(text) || typeof readImageReference(text)?.digest === 'string';
