import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { payloadTypes } from '../../../domain/signing/envelope.js';
import { imageStatement } from '../../../domain/supply/statements/image-statement.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { answerImageRequest } from '../../../workers/images/image-requests.js';
import { type MadeImage, sha256, writeImage } from './make-image.js';

/** Files of an image with all its statements, signed with a new key. */
export async function signedImage(folder: string, image: MadeImage) {
  const archive = await writeImage(folder, image);
  const document = await answerImageRequest({ command: 'bom', archive });
  const text = JSON.stringify(document);
  const { metadata } = document as { metadata: { component: { version: string } } };
  const identity = { name: 'app', imageDigest: metadata.component.version, manifestDigest: null };
  const scan = {
    verdict: 'pass',
    reasons: [],
    policy: 'e'.repeat(64),
    scannedAt: '2026-11-27T00:00:00Z',
    databaseOf: null,
  } as const;
  const model = { model: 'a/b@1', sha256: 'f'.repeat(64), evaluation: { id: 'e', report: '1'.repeat(64) } };
  const statements = [
    imageStatement('build', identity, {
      commit: '0'.repeat(40),
      base: `base@sha256:${'b'.repeat(64)}`,
      release: 'r1',
    }),
    imageStatement('materials', identity, { format: 'CycloneDX 1.6', sha256: sha256(text), components: 3 }),
    imageStatement('scan', identity, scan),
    imageStatement('model', identity, model),
  ];
  const pair = generateKeyPair();
  const signer = createLocalSigner(pair.privateKey);
  const envelopes = await Promise.all(statements.map((one) => signer.sign(payloadTypes.statement, one)));
  const put = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return {
    archive,
    pair,
    bom: await put('app.cdx.json', text),
    attestations: await put(
      'app.intoto.jsonl',
      envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'),
    ),
    key: await put('key.pem', pair.publicKey),
  };
}
