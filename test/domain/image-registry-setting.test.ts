import { describe, expect, it } from 'vitest';
import { loadSection } from '../../temporal.config.js';

const registryOf = (text: string) => loadSection('engine', { RATCHET_IMAGE_REGISTRY: text }).imageRegistry;

describe('the registry of images', () => {
  it.each(['127.0.0.1:5000', '127.0.0.1:5000/ratchet', 'registry.example', 'localhost/a/b-c', 'r:5000/x.y'])(
    'may be %s',
    (text) => {
      expect(registryOf(text)).toBe(text);
    },
  );

  it('is none where it is not set', () => {
    expect(registryOf('')).toBeUndefined();
  });

  it.each([
    'ratchet',
    'ratchet/images',
    'https://registry.example',
    'registry.example/',
    'Registry.example/a',
    'registry.example/a:tag',
    'registry.example/a@sha256:b',
    'registry.example:port/a',
    'user:pass@registry.example/a',
    'registry.example/../a',
    ' registry.example',
  ])('is not %j, and it says what is allowed', (text) => {
    expect(() => registryOf(text)).toThrow(/RATCHET_IMAGE_REGISTRY is .*host:port\/prefix in lower case/);
  });
});
