import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** An authority of one certificate, PEM. Its own key is forgotten, so there is never a second one. */
export interface LoneCertificate {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/**
 * For mutual TLS among processes that share one key: ECDSA P-256 certificates, valid for ten years (X.509, RFC 5280
 * section 4.1).
 */
export function loneCertificate(commonName: string, now: Date): LoneCertificate {
  const authorityName = distinguishedName(`${commonName} authority`);
  const authority = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const own = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const issue = (subject: Buffer, key: KeyObject, isAuthority: boolean) => {
    const spki = key.export({ type: 'spki', format: 'der' });
    const validity = sequence(time(now, 0), time(now, 10));
    const parts = [version3, serial(), ecdsaSha256, authorityName, validity, subject, spki];
    return signed(sequence(...parts, constraints(isAuthority)), authority.privateKey);
  };
  return {
    authority: issue(authorityName, authority.publicKey, true),
    certificate: issue(distinguishedName(commonName), own.publicKey, false),
    key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function signed(body: Buffer, key: KeyObject): string {
  const signature = element(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, key)]));
  const der = sequence(body, ecdsaSha256, signature);
  const lines = der.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** One element of DER: tag, length in as few bytes as will do, content. */
function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

const objectId = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));
const ecdsaSha256 = sequence(objectId('2a8648ce3d040302'));
const version3 = element(0xa0, element(0x02, Buffer.from([2])));
const yes = element(0x01, Buffer.from([0xff]));

const serial = () => element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)]));

function distinguishedName(commonName: string): Buffer {
  const attribute = sequence(objectId('550403'), element(0x0c, Buffer.from(commonName)));
  return sequence(element(0x31, attribute));
}

/** The basic constraints, critical: whether it may sign others. */
function constraints(isAuthority: boolean): Buffer {
  const value = element(0x04, isAuthority ? sequence(yes) : sequence());
  return element(0xa3, sequence(sequence(objectId('551d13'), yes, value)));
}

/** A time from a day before `now`, so that a clock which is a little behind takes it. */
function time(now: Date, years: number): Buffer {
  const date = new Date(now.getTime() - 86_400_000);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  const text = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const isShort = date.getUTCFullYear() < 2050;
  return isShort ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}
