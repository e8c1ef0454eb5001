import { type Header, pack } from 'tar-stream';

export type BundleEntry = Partial<Header> & { readonly name: string; readonly text?: string };

/** An archive of these entries, as they are said. */
export async function bundleOf(entries: readonly BundleEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { text, ...header } of entries) tar.entry(header, text ?? '');
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
