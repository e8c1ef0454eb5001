import { describe, expect, it } from 'vitest';
import { dockerfileOf, type ImageRecipe, refuseRecipe } from '../../../domain/engine/image-recipe.js';

const recipe: ImageRecipe = {
  base: `sha256:${'a'.repeat(64)}`,
  parts: ['node_modules', 'package.json'],
  env: { NODE_ENV: 'production' },
  ports: [8000],
  command: ['/usr/bin/node', '/app/main.js'],
  healthCheck: ['/usr/bin/node', '/app/health.js'],
};

describe('the recipe of an image', () => {
  it('runs nothing while it is built, and as nobody in particular afterwards', () => {
    expect(refuseRecipe(recipe)).toEqual([]);
    expect(dockerfileOf(recipe).split('\n')).toEqual([
      `FROM sha256:${'a'.repeat(64)}`,
      'WORKDIR /app',
      'ENV NODE_ENV="production"',
      'EXPOSE 8000',
      'USER 10001:10001',
      'HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/usr/bin/node","/app/health.js"]',
      'CMD ["/usr/bin/node","/app/main.js"]',
      'COPY ["node_modules","/app/node_modules"]',
      'COPY ["package.json","/app/package.json"]',
      '',
    ]);
  });

  it.each<[string, Partial<ImageRecipe>]>([
    ['a base by its tag', { base: 'debian:12' }],
    ['a base by a tag with a digest that is none', { base: 'debian:12@sha256:abc' }],
    ['a base with a second line', { base: `sha256:${'a'.repeat(64)}\nRUN x` }],
    ['no parts', { parts: [] }],
    ['a part from elsewhere', { parts: ['../x'] }],
    ['a part with a line of its own', { parts: ['x\nRUN y'] }],
    ['a hidden part', { parts: ['.env'] }],
    ['a variable that ends its line', { env: { A: 'x"\nRUN y' } }],
    ['a variable that names another', { env: { A: '$' + '{HOME}' } }],
    ['a name that is none', { env: { 'A B': 'x' } }],
    ['a port of the system', { ports: [80] }],
    ['a port that is none', { ports: [Number.NaN] }],
    ['no command', { command: [] }],
    ['no health check', { healthCheck: [] }],
  ])('is refused with %s', (_, change) => {
    expect(refuseRecipe({ ...recipe, ...change })).toHaveLength(1);
  });
});
