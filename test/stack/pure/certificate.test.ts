import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loneCertificate } from '../../../stack/certificate.js';

const now = new Date('2026-03-01T12:00:00Z');

describe('loneCertificate', () => {
  it('makes a certificate that its authority signed and its key belongs to', () => {
    const { authority, certificate, key } = loneCertificate('ratchet test', now);
    const issued = new X509Certificate(certificate);
    const issuer = new X509Certificate(authority);
    expect(issued.subject).toBe('CN=ratchet test');
    expect(issued.checkIssued(issuer)).toBe(true);
    expect(issued.verify(issuer.publicKey)).toBe(true);
    expect(issued.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(issuer.ca).toBe(true);
    expect(issued.ca).toBe(false);
  });

  it('is valid from the day before for ten years', () => {
    const issued = new X509Certificate(loneCertificate('ratchet test', now).certificate);
    expect(new Date(issued.validFrom).toISOString()).toBe('2026-02-28T12:00:00.000Z');
    expect(new Date(issued.validTo).toISOString()).toBe('2036-02-28T12:00:00.000Z');
  });

  it('writes a year after 2049 in four digits', () => {
    const issued = new X509Certificate(loneCertificate('x', new Date('2045-03-01T12:00:00Z')).certificate);
    expect(new Date(issued.validTo).getUTCFullYear()).toBe(2055);
  });

  it('has a length in as few bytes as will do, as strict readers ask', () => {
    const der = new X509Certificate(loneCertificate('a'.repeat(60), now).certificate).raw;
    const lengths = [...der].flatMap((byte, at) => (byte === 0x82 && der[at + 1] === 0 ? [at] : []));
    expect(lengths.filter((at) => der[at - 1] === 0x30)).toEqual([]);
  });

  it('forgets the key of the authority, so that two never vouch for each other', () => {
    const [one, two] = [loneCertificate('x', now), loneCertificate('x', now)];
    expect(new X509Certificate(one.certificate).verify(new X509Certificate(two.authority).publicKey)).toBe(
      false,
    );
  });
});
