/**
 * DSSE v1 pre-authentication encoding: what is signed. It binds the type to the payload, so that a signature over a
 * vote is never one over a statement. Source: secure-systems-lab/dsse, protocol.md.
 */
export function preAuthEncoding(payloadType: string, payload: Buffer): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ]);
}
