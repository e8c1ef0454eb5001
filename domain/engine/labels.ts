/** What our images and containers are known by. The labels are the truth about what runs: nothing else is remembered. */
export const engineLabels = {
  /** Whose it is: one agent never touches what another made on the same engine. */
  agent: 'ratchet.agent',
  project: 'ratchet.project',
  endpoint: 'ratchet.endpoint',
  revision: 'ratchet.revision',
  replica: 'ratchet.replica',
  /** Digest of all that went into an image: equal content is built once. */
  content: 'ratchet.content',
  /** Id of the image below. */
  base: 'ratchet.base',
  commit: 'ratchet.commit',
  model: 'ratchet.model',
  /** The run that built it first. */
  run: 'ratchet.run',
} as const;

/** An image by its content: `sha256:...`, with or without the name of a registry before it. A tag can move; this cannot. */
export function isByDigest(image: string): boolean {
  return /^([a-z0-9][a-z0-9._:/-]{0,254}@)?sha256:[0-9a-f]{64}$/.test(image);
}
