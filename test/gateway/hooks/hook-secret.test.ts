import { describe, expect, it } from 'vitest';
import { deriveHookSecret, hookOf, hookSecrets } from '../../../gateway/hooks/hook-secret.js';
import { codeOf } from '../../conformance/error-code.js';

const master = '0123456789abcdef0123456789abcdef';
const before = 'fedcba9876543210fedcba9876543210';

describe('the secret of a project', () => {
  it('is HMAC-SHA256 of "hook", a line break and its name, as openssl computes it', () => {
    const { text, bytes } = deriveHookSecret(master, 'flights');
    expect(bytes.toString('base64')).toBe('Bw0+EkakLKbpY6i7tMbll8btTCDEfiK/XhX1ceWZHGA=');
    expect(text).toBe('Bw0-EkakLKbpY6i7tMbll8btTCDEfiK_XhX1ceWZHGA');
  });

  it('is another one in every project, and under every master secret', () => {
    const texts = [master, before].flatMap((one) =>
      ['flights', 'flight', 'prices'].map((project) => deriveHookSecret(one, project).text),
    );
    expect(new Set(texts).size).toBe(6);
  });

  it('is given in both forms, of the present master secret', () => {
    expect(hookOf({ secret: master, secretBefore: before }, 'flights')).toEqual({
      path: '/hooks/flights',
      secret: 'Bw0-EkakLKbpY6i7tMbll8btTCDEfiK_XhX1ceWZHGA',
      signingSecret: 'whsec_Bw0+EkakLKbpY6i7tMbll8btTCDEfiK/XhX1ceWZHGA=',
    });
  });

  it('counts beside that of the master secret before', () => {
    const texts = hookSecrets({ secret: master, secretBefore: before }, 'flights').map(({ text }) => text);
    expect(texts).toEqual([master, before].map((one) => deriveHookSecret(one, 'flights').text));
    expect(hookSecrets({ secret: master, secretBefore: undefined }, 'flights')).toHaveLength(1);
  });

  it('is none where no master secret is set, and the setting is named', async () => {
    const ask = async () => hookSecrets({ secret: undefined, secretBefore: before }, 'flights');
    expect(await codeOf(ask())).toBe('PART_UNAVAILABLE');
    await expect(ask()).rejects.toThrow('RATCHET_HOOK_SECRET is not set');
  });
});
