/** The smallest protobuf writer that can build ONNX files, sound and broken ones. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function varint(value: number | bigint): Bytes {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

export const tag = (field: number, wire: number): Bytes => varint(field * 8 + wire);
export const int = (field: number, value: number | bigint): Bytes => concat(tag(field, 0), varint(value));
export const blob = (field: number, bytes: Uint8Array): Bytes =>
  concat(tag(field, 2), varint(bytes.length), bytes);
export const text = (field: number, value: string): Bytes => blob(field, new TextEncoder().encode(value));
/** A message in a field. */
export const message = (field: number, ...parts: readonly Uint8Array[]): Bytes =>
  blob(field, concat(...parts));
export const float = (field: number, value: number): Bytes =>
  concat(tag(field, 5), new Uint8Array(Float32Array.of(value).buffer));
