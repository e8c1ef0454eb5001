/** The floors of the house: a lower one never imports a higher one. */
const rooms = [
  'domain',
  'db',
  'machine',
  'inference',
  'charts',
  'trust',
  'activities',
  'workflows',
  'workers',
  'gateway',
  'serving',
  'cli',
  'stack',
  'scripts',
  'test',
];
const notIn = (...allowed) => `^(${rooms.filter((r) => !allowed.includes(r)).join('|')})/`;
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'two files that need each other are one file',
    ),
    rule(
      'not-to-dev',
      {
        path: '^(domain|db|machine|inference|charts|trust|activities|workflows|workers|gateway|serving|cli|stack)/',
      },
      { dependencyTypes: ['npm-dev'] },
    ),
    rule('unresolvable', {}, { couldNotResolve: true }),

    rule('domain-is-pure', { path: '^domain/' }, { dependencyTypes: ['core'] }, 'no I/O in the domain'),
    rule('domain-imports-itself', { path: '^domain/' }, { path: [notIn('domain'), '^temporal\\.config'] }),
    rule(
      'domain-packages',
      { path: '^domain/', pathNot: '^domain/(config|policy)/' },
      { dependencyTypes: ['npm'], pathNot: 'node_modules/canonicalize' },
    ),
    rule(
      'domain-config-packages',
      { path: '^domain/config/' },
      { dependencyTypes: ['npm'], pathNot: 'node_modules/(zod|yaml)' },
    ),

    rule(
      'domain-policy-packages',
      { path: '^domain/policy/' },
      { dependencyTypes: ['npm'], pathNot: 'node_modules/@bufbuild/cel' },
    ),

    rule(
      'one-canonical-json',
      { pathNot: '^domain/canonical-text' },
      { path: 'node_modules/canonicalize' },
      'digests of two texts of one value differ',
    ),
    rule('config-floor', { path: '^temporal\\.config' }, { path: notIn('domain') }),
    rule('charts-floor', { path: '^charts/' }, { path: [notIn('domain', 'charts'), '^temporal\\.config'] }),
    rule(
      'machine-floor',
      { path: '^machine/' },
      { path: [notIn('domain', 'machine'), '^temporal\\.config'] },
      'what starting our own programs takes, for every room that does',
    ),
    rule(
      'inference-floor',
      { path: '^inference/' },
      { path: [notIn('domain', 'machine', 'inference'), '^temporal\\.config'] },
    ),
    rule('trust-floor', { path: '^trust/' }, { path: [notIn('domain', 'trust'), '^temporal\\.config'] }),
    rule(
      'trust-stands-on-node-crypto',
      { path: '^trust/' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
      'what signatures stand on is small enough to read',
    ),
    rule('trust-has-no-packages', { path: '^trust/' }, { dependencyTypes: ['npm'] }),
    rule('db-floor', { path: '^db/' }, { path: [notIn('domain', 'db'), '^temporal\\.config'] }),
    rule(
      'activities-floor',
      { path: '^activities/' },
      { path: notIn('domain', 'machine', 'inference', 'charts', 'activities') },
    ),
    rule(
      'serving-floor',
      { path: '^serving/' },
      { path: notIn('domain', 'machine', 'inference', 'serving', 'db') },
    ),
    rule('serving-db', { path: '^serving/', pathNot: '^serving/main' }, { path: '^db/' }),
    rule('stack-floor', { path: '^stack/' }, { path: notIn('domain', 'machine', 'trust', 'stack') }),

    rule('workflows-floor', { path: '^workflows/' }, { path: notIn('domain', 'workflows', 'activities') }),
    rule(
      'workflows-activities-as-types',
      { path: '^workflows/' },
      { path: ['^activities/', '^temporal\\.config'], dependencyTypesNot: ['type-only'] },
      'workflows see activities as types',
    ),
    rule(
      'workflows-sandbox',
      { path: '^workflows/' },
      { path: 'node_modules/(zod|yaml|@temporalio/(client|worker))', dependencyTypesNot: ['type-only'] },
    ),
    rule('workflows-no-core', { path: '^workflows/' }, { dependencyTypes: ['core'] }),
    rule('messages-are-free', { path: '^workflows/messages/' }, { path: '^workflows/(?!messages/)' }),

    rule(
      'gateway-floor',
      { path: '^gateway/' },
      { path: [notIn('domain', 'charts', 'db', 'trust', 'workflows', 'gateway')] },
    ),
    rule('gateway-messages-only', { path: '^gateway/' }, { path: '^workflows/(?!messages/)' }),
    rule(
      'workers-floor',
      { path: '^workers/' },
      {
        path: notIn(
          'domain',
          'db',
          'machine',
          'inference',
          'charts',
          'trust',
          'activities',
          'workflows',
          'workers',
          'stack',
        ),
      },
    ),
    rule('cli-floor', { path: '^cli/' }, { path: notIn('domain', 'machine', 'stack', 'cli') }),
    rule(
      'nobody-imports-the-top',
      { path: `^(${rooms.filter((r) => !['scripts', 'test'].includes(r)).join('|')})/` },
      { path: '^(scripts|examples|test)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules|examples)/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
