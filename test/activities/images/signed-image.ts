import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspectImage } from '../../../activities/images/inspect-image.js';
import { payloadTypes } from '../../../domain/signing/envelope.js';
import { parseImagePolicy } from '../../../domain/supply/policy/parse-image-policy.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { type MadeImage, writeImage } from './make-image.js';

const sample = join(import.meta.dirname, '../../../examples/flight-delay/sample-advisories');

/** Files of an image with all its statements, signed with a new key. */
export async function signedImage(folder: string, image: MadeImage) {
  const archive = await writeImage(folder, image);
  const { scan, materials, statements } = await inspectImage({
    archive,
    name: 'app',
    manifestDigest: null,
    database: sample,
    policy: parseImagePolicy('version: 1\ndatabase: { oldest: 9000 days }\n', 'p'),
    reports: [],
    build: { commit: '0'.repeat(40), base: `base@sha256:${'b'.repeat(64)}`, release: 'r1' },
    model: {
      model: 'flights/late-arrival',
      version: 1,
      sha256: 'f'.repeat(64),
      task: 'classification',
      algorithm: 'gradient-boosting',
      intendedUse: 'to tell passengers',
      limits: [],
      datasets: [],
      inputs: [],
      outputs: [],
      metrics: { rocAuc: 0.7 },
    },
    evaluation: { id: 'e1', report: '1'.repeat(64) },
    now: '2026-11-28T12:00:00Z',
  });
  const pair = generateKeyPair();
  const signer = createLocalSigner(pair.privateKey);
  const envelopes = await Promise.all(
    statements.map((statement) => signer.sign(payloadTypes.statement, statement)),
  );
  const put = async (name: string, content: string) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return {
    archive,
    pair,
    scan,
    bom: await put('app.cdx.json', materials.text),
    attestations: await put(
      'app.intoto.jsonl',
      envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'),
    ),
    key: await put('key.pem', pair.publicKey),
  };
}
