/** What the server says about itself in every protocol; the version is that of the package. */
export const serverIdentity = { name: 'ratchet', version: '0.1.0' } as const;
