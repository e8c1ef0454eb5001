/** Numbers of calls of Linux on x86-64, and what each is tried with: the arguments are numbers. */
export const systemCalls = {
  /** Any file system anywhere. */
  mount: [165, 0, 0, 0],
  /** Packets as they go over the wire: AF_INET, SOCK_RAW, ICMP. */
  rawSocket: [41, 2, 3, 1],
  /** Users of its own, of which it would be root. */
  newUsers: [272, 0x1000_0000, 0, 0],
} as const;

const base = 0x40_0000;
const headerBytes = 64 + 56;

/** A program that makes one call of the kernel and ends with the number of the error, 0 where it was done. */
export function programOfCall([call, first, second, third]: readonly [
  number,
  number,
  number,
  number,
]): Buffer {
  const load = (register: number, value: number) => {
    const bytes = Buffer.from([register, 0, 0, 0, 0]);
    bytes.writeUInt32LE(value, 1);
    return bytes;
  };
  const code = Buffer.concat([
    ...[load(0xb8, call), load(0xbf, first), load(0xbe, second), load(0xba, third)],
    // r10 and r8 are 0; the call; its answer turned around is the exit code; exit.
    Buffer.from([0x4d, 0x31, 0xd2, 0x4d, 0x31, 0xc0, 0x0f, 0x05, 0xf7, 0xd8, 0x89, 0xc7]),
    ...[load(0xb8, 60), Buffer.from([0x0f, 0x05])],
  ]);
  return Buffer.concat([elfHeader(headerBytes + code.length), code]);
}

/** The least that Linux takes for a program: one segment, with all of the file. */
function elfHeader(bytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(header);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(base + headerBytes), 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  header.writeUInt32LE(1, 64);
  header.writeUInt32LE(5, 68);
  header.writeBigUInt64LE(BigInt(base), 80);
  header.writeBigUInt64LE(BigInt(base), 88);
  header.writeBigUInt64LE(BigInt(bytes), 96);
  header.writeBigUInt64LE(BigInt(bytes), 104);
  header.writeBigUInt64LE(0x1000n, 112);
  return header;
}
