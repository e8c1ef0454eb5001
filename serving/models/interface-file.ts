import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { type OnnxInterface, tensorTypes } from '../../domain/onnx/model-interface.js';

const tensor = z.strictObject({
  name: z.string(),
  type: z.enum(tensorTypes),
  shape: z.array(z.int().min(-1)),
});
const interfaceFile = z.object({ inputs: z.array(tensor), outputs: z.array(tensor) });

/**
 * Reads what is said of a model beside its file and compares; a missing file says nothing.
 * Error: `MODEL_INTERFACE` where it cannot be read, or is not what the model file says, naming the tensor.
 */
export async function requireAgreement(path: string, shape: OnnxInterface): Promise<void> {
  const text = await readText(path);
  if (text === null) return;
  const said = parse(text);
  for (const side of ['inputs', 'outputs'] as const) {
    const [a, b] = [said[side].map(shown), shape[side].map(shown)];
    const at = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find((i) => a[i] !== b[i]);
    if (at === undefined) continue;
    throw broken(`says ${a[at] ?? 'nothing'} of ${side} ${at + 1}, the model says ${b[at] ?? 'nothing'}`);
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw broken('cannot be read');
  }
}

function parse(text: string): OnnxInterface {
  try {
    return interfaceFile.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw broken(`is not an interface: ${reason.replaceAll(/\s+/g, ' ')}`);
  }
}

function shown({ name, type, shape }: OnnxInterface['inputs'][number]): string {
  return `"${name}" ${type} [${shape.join(', ')}]`;
}

function broken(message: string): RatchetError {
  return new RatchetError('MODEL_INTERFACE', `interface.json ${message}`);
}
