/** The little of protocol buffers that an ONNX file needs. Every function gives bytes; a message is its fields in a row. */
const lengthDelimited = 2;

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

export const integer = (field, value) => Buffer.concat([varint(field << 3), varint(value)]);

export const bytes = (field, value) =>
  Buffer.concat([varint((field << 3) | lengthDelimited), varint(value.length), value]);

export const text = (field, value) => bytes(field, Buffer.from(value, 'utf8'));

export const message = (field, ...fields) => bytes(field, Buffer.concat(fields));
