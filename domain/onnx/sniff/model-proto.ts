/** Wire type of each field of `ModelProto` (onnx 1.23): 0 a number, 2 bytes. */
const modelFields: Readonly<Record<number, 0 | 2>> = {
  1: 0,
  2: 2,
  3: 2,
  4: 2,
  5: 0,
  6: 2,
  7: 2,
  8: 2,
  14: 2,
  20: 2,
  25: 2,
  26: 2,
};

/** Whether bytes begin as an ONNX file does: the version of the format first, then only fields of `ModelProto`. */
export function looksLikeModelProto(head: Uint8Array): boolean {
  const version = head[1] ?? 0;
  if (head[0] !== 0x08 || version < 1 || version > 127) return false;
  let at = 2;
  while (at < head.length) {
    const tag = varint(head, at);
    if (tag === null || modelFields[tag.value >> 3] !== (tag.value & 7)) return false;
    const value = varint(head, tag.end);
    if (value === null) return tag.end + 10 > head.length;
    at = (tag.value & 7) === 2 ? value.end + value.value : value.end;
  }
  return at > 2;
}

/** At most 2^31: enough for tags and lengths here. */
function varint(bytes: Uint8Array, start: number): { value: number; end: number } | null {
  let value = 0;
  for (let at = start, scale = 1; at < bytes.length && at < start + 10; at += 1, scale *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at + 1 };
  }
  return null;
}
