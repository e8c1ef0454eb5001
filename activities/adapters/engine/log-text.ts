const headerBytes = 8;

/** The text of a container's log: the engine puts before each piece a header whose last four bytes are its length. */
export function logText(log: Buffer): string {
  const pieces: Buffer[] = [];
  for (let at = 0; at + headerBytes <= log.length; ) {
    const end = at + headerBytes + log.readUInt32BE(at + 4);
    pieces.push(log.subarray(at + headerBytes, end));
    at = end;
  }
  return Buffer.concat(pieces).toString('utf8');
}
