/** What follows an opcode: bytes, lines of text, or a length of so many bytes and then as many bytes. */
type Argument = number | 'line' | 'two lines' | 'number line' | { readonly lengthBytes: 1 | 4 | 8 };

const groups: readonly (readonly [opcodes: string, Argument])[] = [
  ['().012NQRabdelostu]}', 0],
  ['\x81\x85\x86\x87\x88\x89\x8f\x90\x91\x92\x93\x94\x97\x98', 0],
  ['Khq\x80\x82', 1],
  ['M\x83', 2],
  ['Jjr\x84', 4],
  ['G\x95', 8],
  ['FIL', 'number line'],
  ['PSVgp', 'line'],
  ['ci', 'two lines'],
  ['CU\x8a\x8c', { lengthBytes: 1 }],
  ['BTX\x8b', { lengthBytes: 4 }],
  ['\x8d\x8e\x96', { lengthBytes: 8 }],
];

const argumentsByOpcode = new Map<number, Argument>(
  groups.flatMap(([opcodes, argument]) => [...opcodes].map((c) => [c.charCodeAt(0), argument] as const)),
);

/** A pickle begins by putting something on its stack. */
const beginnings = new Set([...'()]}NKMJFGILSVUTXBCci\x80\x88\x89\x8a\x8c'].map((c) => c.charCodeAt(0)));
const stop = '.'.charCodeAt(0);
const enoughOpcodes = 4;

/**
 * Whether bytes read as a program for Python's pickle machine, protocol 0 to 5: the older protocols have no magic, so
 * opcodes are followed to the end, or as far as these bytes go.
 */
export function looksLikePickle(head: Uint8Array): boolean {
  if (!beginnings.has(head[0] ?? 0)) return false;
  let at = 0;
  let opcodes = 0;
  while (at < head.length) {
    const opcode = head[at] ?? 0;
    const argument = argumentsByOpcode.get(opcode);
    if (argument === undefined) return false;
    opcodes += 1;
    if (opcode === stop) return opcodes > 1;
    const next = afterArgument(head, at + 1, argument);
    if (next === null) return false;
    at = next;
  }
  return opcodes >= enoughOpcodes || at > head.length;
}

/** Beyond the end of `head` where the argument is cut off there; null where it is not one. */
function afterArgument(head: Uint8Array, at: number, argument: Argument): number | null {
  if (typeof argument === 'number') return at + argument;
  if (typeof argument === 'object')
    return at + argument.lengthBytes + lengthAt(head, at, argument.lengthBytes);
  const end = lineEnd(head, at);
  if (argument === 'two lines') return lineEnd(head, end);
  if (argument === 'line') return end;
  const line = String.fromCharCode(...head.subarray(at, Math.min(end - 1, at + 64)));
  return /^[-+]?[\d.einfa+-]+L?$/.test(line) ? end : null;
}

function lengthAt(head: Uint8Array, at: number, bytes: number): number {
  let length = 0;
  for (let i = bytes - 1; i >= 0; i -= 1) length = length * 256 + (head[at + i] ?? 0);
  return length;
}

function lineEnd(head: Uint8Array, at: number): number {
  const newline = head.indexOf(10, at);
  return newline < 0 ? head.length + 1 : newline + 1;
}
