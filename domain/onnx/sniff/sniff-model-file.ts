import { RatchetError } from '../../errors/ratchet-error.js';
import { looksLikeModelProto } from './model-proto.js';
import { looksLikePickle } from './pickle.js';

export type ModelFormat = 'onnx' | 'pickle' | 'zip' | 'hdf5' | 'gzip' | 'safetensors' | 'json' | 'unknown';

/** What a file is, whatever its name says. `looksLike` is for people. */
export interface SniffedFile {
  readonly format: ModelFormat;
  readonly looksLike: string;
}

/** So much of a file's beginning is looked at. */
const sniffBytes = 4096;

/** Tells a model file's format from its first bytes (4 KiB, or all of a shorter file), by magic and structure. */
export function sniffModelFile(head: Uint8Array): SniffedFile {
  const bytes = head.subarray(0, sniffBytes);
  const text = latin1(bytes);
  for (const [format, looksLike, matches] of formats) {
    if (matches(text, bytes)) return { format, looksLike };
  }
  return { format: 'unknown', looksLike: head.length === 0 ? 'an empty file' : 'a file of unknown format' };
}

/**
 * Lets ONNX pass and nothing else; there is no override.
 * @throws RatchetError `MODEL_FORMAT` that names what the file looks like.
 */
export function requireOnnx(head: Uint8Array, fileName: string): void {
  const { format, looksLike } = sniffModelFile(head);
  if (format === 'onnx') return;
  throw new RatchetError('MODEL_FORMAT', `${fileName} is ${looksLike}, only ONNX files are taken`, {
    fileName,
    format,
  });
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

type Matches = (text: string, bytes: Uint8Array) => boolean;

const begins = (magic: string, at = 0): Matches => {
  return (text) => text.startsWith(magic, at);
};
const zipMagics = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];
/** The names of the first entries tell who wrote an archive. */
const zipWith = (part: string): Matches => {
  return (text) => zipMagics.some((magic) => text.startsWith(magic)) && text.includes(part);
};
const hdf5Magic = '\x89HDF\r\n\x1a\n';
const hdf5Offsets = [0, 512, 1024, 2048];

const formats: readonly (readonly [ModelFormat, string, Matches])[] = [
  ['zip', 'a PyTorch archive with a Python pickle in it', zipWith('data.pkl')],
  ['zip', 'a Keras archive', zipWith('metadata.json')],
  ['zip', 'a NumPy archive (npz)', zipWith('.npy')],
  ['zip', 'a zip archive', zipWith('')],
  ['hdf5', 'an HDF5 file (Keras)', (text) => hdf5Offsets.some((at) => text.startsWith(hdf5Magic, at))],
  ['gzip', 'a file compressed with gzip', begins('\x1f\x8b')],
  ['unknown', 'a file compressed with zlib (joblib)', (text) => /^x[^ -~]/.test(text)],
  ['unknown', 'a file compressed with bzip2', begins('BZh')],
  ['unknown', 'a file compressed with xz', begins('\xfd7zXZ\0')],
  ['unknown', 'a NumPy array (npy)', begins('\x93NUMPY')],
  ['unknown', 'a TensorFlow Lite model', begins('TFL3', 4)],
  ['unknown', 'a TensorFlow saved model', begins('\x08\x01\x12')],
  ['onnx', 'an ONNX model', (_, bytes) => looksLikeModelProto(bytes)],
  ['safetensors', 'a safetensors file', (text) => /^.{5}\0{3}\{/s.test(text)],
  ['json', 'a JSON file', (text) => /^(\xef\xbb\xbf)?\s*(\{\s*["}]|\[\s*[[{"\d\]tfn-])/.test(text)],
  ['pickle', 'a Python pickle', (_, bytes) => looksLikePickle(bytes)],
];
