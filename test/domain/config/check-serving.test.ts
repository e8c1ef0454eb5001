import { describe, expect, it } from 'vitest';
import { checkEndpointNames } from '../../../domain/config/check-serving.js';
import { parseModel } from '../../../domain/config/configuration-files.js';
import { servingSchema } from '../../../domain/config/serving.js';

const base = `version: 1
model: late
purpose:
  intendedUse: Tells which flights are late
  prohibitedUses: [any other]
  affectedGroups: [passengers]
  sensitiveColumns: []
dataset:
  name: late
  tables: [flights]
  examples: examples.sql
  key: [id]
  label: late
  split: {by: hash, validation: 0.2, test: 0.2}
training: {path: training, command: [python, train.py], environment: {kind: none}, algorithm: a}
evaluation: {task: classification, inputs: [x], output: p, primary: rocAuc}
`;

interface Problem {
  readonly path: string;
  readonly came: string;
  readonly allowed: string;
  readonly line: number;
  readonly column: number;
}

function problems(lines: string): readonly Problem[] {
  try {
    parseModel(base + lines, 'ratchet.yaml');
  } catch (error) {
    return (error as { details: { problems: readonly Problem[] } }).details.problems;
  }
  return [];
}

const serving = (endpoint: string) => `serving:\n  flights: ${endpoint}\n`;

describe('serving of a ratchet.yaml', () => {
  it('is nothing where it is not said, and all defaults where a name is', () => {
    expect(parseModel(base, 'ratchet.yaml').serving).toEqual({});
    expect(parseModel(base + serving('{}'), 'ratchet.yaml').serving).toEqual({
      flights: {
        ...{ alias: 'champion', target: 'process', replicas: 1, image: 'where-possible', environment: {} },
        resources: { cpus: 1, memoryMiB: 1024 },
        limits: { timeoutMs: 10_000, mostBatchRows: 256, mostQueuedRows: 20_000, mostBodyMiB: 64 },
        health: { readyWithin: '60 seconds', drain: '10 seconds' },
      },
    });
  });

  it.each([
    '{application: {path: apps/flights}}',
    '{application: {path: ., repository: "https://git.example.org/a/app", ref: release}}',
    '{application: {path: app, repository: "git@git.example.org:a/app"}}',
    '{application: {path: app, repository: "ssh://git@git.example.org/a/app.git"}}',
    '{application: {path: app, repository: /srv/git/app}}',
    '{environment: {LEVEL: debug, KEY: "secret://key"}, replicas: 32, target: swarm}',
  ])('takes %s', (endpoint) => {
    expect(problems(serving(endpoint))).toEqual([]);
  });

  it.each([
    ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'LD_PRELOAD', 'LD_LIBRARY_PATH', 'PATH', 'HOME'],
    ...[
      'OPENSSL_CONF',
      'SSL_CERT_FILE',
      'BASH_ENV',
      'TMPDIR',
      'AWS_SECRET_ACCESS_KEY',
      'DATABASE_SERVING_URL',
    ],
    ...['RATCHET_SERVING_MANIFEST', 'RATCHET_', 'UV_THREADPOOL_SIZE', 'CUDA_VISIBLE_DEVICES'],
  ])('refuses the variable %s, which is of the host itself, by its name', (variable) => {
    const secret = serving(`{environment: {${variable}: "secret://key"}}`);
    const [problem, ...others] = problems(secret);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path: `serving.flights.environment.${variable}`, line: 18 });
    expect(problem?.allowed).toMatch(/none of the host itself: RATCHET_\*, NODE_\* but NODE_ENV, LD_\*/);
  });

  it.each([
    'NODE_ENV',
    'PATHS',
    'HOMEPAGE',
    'LDAP_URL',
    'ENVIRONMENT',
    'MY_NODE_OPTIONS',
    'USERS',
    'HTTP_PROXY',
  ])('takes the variable %s, which is for the application', (variable) => {
    expect(problems(serving(`{environment: {${variable}: a}}`))).toEqual([]);
  });

  it.each([
    ['{alias: challenger}', 'serving.flights.alias', /champion/],
    ['{target: cloud}', 'serving.flights.target', /"process", "docker" or "swarm"/],
    ['{replicas: 0}', 'serving.flights.replicas', /1/],
    ['{replicas: 33}', 'serving.flights.replicas', /32/],
    ['{environment: {RATCHET_X: a}}', 'serving.flights.environment.RATCHET_X', /upper case/],
    ['{environment: {KEY: 5}}', 'serving.flights.environment.KEY', /secret|text/],
    ['{health: {readyWithin: 2 hours}}', 'serving.flights.health.readyWithin', /at most 1 hour/],
    ['{health: {drain: 61 minutes}}', 'serving.flights.health.drain', /at most 1 hour/],
    ['{application: {path: ../app}}', 'serving.flights.application.path', /without \.\./],
    ['{application: {path: app, ref: x}}', 'serving.flights.application.ref', /beside "repository"/],
    ['{colour: red}', 'serving.flights.colour', /application/],
  ])('refuses %s and names the place', (endpoint, path, allowed) => {
    const [problem] = problems(serving(endpoint));
    expect(problem).toMatchObject({ path, line: 18, allowed: expect.stringMatching(allowed) });
  });

  it.each([
    'http://git.example.org/a',
    'git.example.org',
    'relative/path',
    'file:///srv/git',
    'https://git.example.org',
    'https://git.example.org/a?b=c',
  ])('refuses the address %s', (repository) => {
    const [problem] = problems(serving(`{application: {path: app, repository: "${repository}"}}`));
    expect(problem).toMatchObject({ came: 'no address that git reads' });
  });

  it.each(['https://user:hunter2@git.example.org/a', 'ssh://git:hunter2@git.example.org/a'])(
    'refuses credentials in %s and repeats none of them',
    (repository) => {
      const found = problems(serving(`{application: {path: app, repository: "${repository}"}}`));
      expect(found).toMatchObject([{ came: 'an address with credentials' }]);
      expect(JSON.stringify(found)).not.toContain('hunter2');
    },
  );

  it('has at most ten endpoints', () => {
    const names = Array.from({ length: 11 }, (_, at) => `  e${at}: {}`).join('\n');
    expect(problems(`serving:\n${names}\n`)).toMatchObject([{ path: 'serving' }]);
  });
});

describe('names of endpoints', () => {
  const model = { model: 'late', serving: servingSchema.parse({ flights: {}, desk: {} }) };

  it('are those of one model in a project', () => {
    const others = [
      { model: 'early', endpoint: 'flights' },
      { model: 'late', endpoint: 'desk' },
      { model: 'odd', endpoint: 'other' },
    ];
    expect(checkEndpointNames(model, others)).toEqual([
      {
        path: ['serving', 'flights'],
        came: 'the name of an endpoint of late and of early',
        allowed: 'a name that no other endpoint of the project has',
        at: 'key',
      },
    ]);
  });

  it('need no other model', () => {
    expect(checkEndpointNames(model, [])).toEqual([]);
  });
});
