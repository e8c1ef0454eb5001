import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineLabels } from '../../../domain/engine/labels.js';
import { refuseService } from '../../../domain/engine/refuse-service.js';
import { confinesServices, serviceSpec, usualPace } from '../../../domain/engine/service-spec.js';

const bounds = { root: '/srv/agent', agent: 'me' };
const wanted = {
  image: `sha256:${'a'.repeat(64)}`,
  labels: { [engineLabels.agent]: 'me' },
  env: { A_NAME: 'a=value' },
  reads: [{ source: '/srv/agent/revisions/r', target: '/revision' }],
  scratch: [{ target: '/tmp', bytes: 1024 }],
  network: 'ratchet-net',
  limits: { memoryBytes: 256 * 1024 ** 2, cpus: 0.5, processes: 64 },
  node: 'abc123',
  replicas: 5,
  healthCheck: ['/usr/bin/node', '-e', ''],
  readyWithinMs: 60_000,
  drainMs: 0,
  pace: usualPace,
} as const;
const spec = serviceSpec('ratchet-me-1', wanted);
const container = spec.TaskTemplate.ContainerSpec;
const withTask = (change: object) => ({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ...change } });
const withContainer = (change: object) => withTask({ ContainerSpec: { ...container, ...change } });
const bind = { Type: 'bind', Source: '/srv/agent/x', Target: '/x', ReadOnly: true };
const memory = { Type: 'tmpfs', Target: '/tmp', TmpfsOptions: { SizeBytes: 1024, Mode: 0o1777 } };

describe('the list of what a service may ask', () => {
  it('has nothing against what we ask ourselves', () => {
    expect(refuseService(spec, bounds)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['an image by its tag', withContainer({ Image: 'node:20' }), 'ContainerSpec.Image'],
    ['to be root', withContainer({ User: '0:0' }), 'ContainerSpec.User'],
    ['groups beside', withContainer({ Groups: ['docker'] }), 'ContainerSpec.Groups'],
    ['a root to write', withContainer({ ReadOnly: false }), 'ContainerSpec.ReadOnly'],
    ['capabilities', withContainer({ CapabilityAdd: ['SYS_ADMIN'] }), 'ContainerSpec.CapabilityAdd'],
    ['to keep capabilities', withContainer({ CapabilityDrop: [] }), 'ContainerSpec.CapabilityDrop'],
    ['new privileges', withContainer({ Privileges: { NoNewPrivileges: false } }), 'ContainerSpec.Privileges'],
    [
      'no filter of system calls',
      withContainer({ Privileges: { NoNewPrivileges: true, Seccomp: { Mode: 'unconfined' } } }),
      'ContainerSpec.Privileges',
    ],
    [
      'settings of the kernel',
      withContainer({ Sysctls: { 'net.ipv4.ip_forward': '1' } }),
      'ContainerSpec.Sysctls',
    ],
    ['limits of its own', withContainer({ Ulimits: [] }), 'ContainerSpec.Ulimits'],
    ['secrets of the swarm', withContainer({ Secrets: [] }), 'ContainerSpec.Secrets'],
    ['names of other hosts', withContainer({ Hosts: ['1.2.3.4 x'] }), 'ContainerSpec.Hosts'],
    ['another program', withContainer({ Command: ['/bin/sh'] }), 'ContainerSpec.Command'],
    ['no health check', withContainer({ Healthcheck: { Test: ['NONE'] } }), 'Healthcheck.Test'],
    ['a check in a shell', withContainer({ Healthcheck: { Test: ['CMD-SHELL', 'x'] } }), 'Healthcheck.Test'],
    [
      'a bind outside of the root',
      withContainer({ Mounts: [{ ...bind, Source: '/etc' }] }),
      'ContainerSpec.Mounts',
    ],
    ['a bind to write', withContainer({ Mounts: [{ ...bind, ReadOnly: false }] }), 'ContainerSpec.Mounts'],
    [
      'a bind that spreads',
      withContainer({ Mounts: [{ ...bind, BindOptions: {} }] }),
      'ContainerSpec.Mounts',
    ],
    [
      'a volume',
      withContainer({ Mounts: [{ Type: 'volume', Source: 'v', Target: '/v' }] }),
      'ContainerSpec.Mounts',
    ],
    [
      'memory without a size',
      withContainer({ Mounts: [{ ...memory, TmpfsOptions: { Mode: 0o1777 } }] }),
      'ContainerSpec.Mounts',
    ],
    [
      'programs in memory',
      withContainer({
        Mounts: [{ ...memory, TmpfsOptions: { ...memory.TmpfsOptions, Options: [['exec']] } }],
      }),
      'ContainerSpec.Mounts',
    ],
    ['no limit', withTask({ Resources: { Limits: {} } }), 'Limits.MemoryBytes is missing'],
    [
      'devices',
      withTask({ Resources: { ...spec.TaskTemplate.Resources, Reservations: {} } }),
      'Reservations',
    ],
    ['any node', withTask({ Placement: { Constraints: [] } }), 'Placement.Constraints'],
    [
      'nodes by a label',
      withTask({ Placement: { Constraints: ['node.labels.a==b'] } }),
      'Placement.Constraints',
    ],
    ['the network of the host', withTask({ Networks: [{ Target: 'host' }] }), 'TaskTemplate.Networks'],
    [
      'another network beside',
      withTask({ Networks: [{ Target: 'ratchet-net' }, { Target: 'ingress' }] }),
      'TaskTemplate.Networks',
    ],
    ['a plugin', withTask({ Runtime: 'plugin' }), 'TaskTemplate.Runtime'],
    ['its log elsewhere', withTask({ LogDriver: { Name: 'syslog' } }), 'TaskTemplate.LogDriver'],
    ['a port of every node', { ...spec, EndpointSpec: { Mode: 'vip', Ports: [] } }, 'EndpointSpec'],
    ['a copy on every node', { ...spec, Mode: { Global: {} } }, 'Mode.Global'],
    [
      'to stay with what failed',
      { ...spec, UpdateConfig: { ...spec.UpdateConfig, FailureAction: 'continue' } },
      'UpdateConfig.FailureAction',
    ],
    ['to be of another agent', { ...spec, Labels: { [engineLabels.agent]: 'you' } }, 'Labels'],
    [
      'containers of another agent',
      withContainer({ Labels: { [engineLabels.agent]: 'you' } }),
      'ContainerSpec.Labels',
    ],
    ['a name that is not ours', { ...spec, Name: 'web' }, 'Name'],
  ])('refuses %s', (_, asked, named) => {
    expect(refuseService(asked, bounds).join('\n')).toContain(named);
  });

  it('refuses what is no object', () => {
    for (const odd of [null, [], 'service', 1]) expect(refuseService(odd, bounds)).not.toEqual([]);
  });

  it('refuses every key that we do not ask ourselves, wherever it stands', () => {
    const places = [(x: object) => ({ ...spec, ...x }), withTask, withContainer];
    const ours = new Set([
      ...Object.keys(spec),
      ...Object.keys(spec.TaskTemplate),
      ...Object.keys(container),
    ]);
    const key = fc.string({ minLength: 1 }).filter((name) => !ours.has(name) && name !== '__proto__');
    fc.assert(
      fc.property(fc.constantFrom(...places), key, fc.anything(), (at, name, value) => {
        expect(refuseService(at({ [name]: value }), bounds).join('\n')).toContain(name);
      }),
    );
  });
});

describe('a service', () => {
  it('takes other content in four rounds at most, and none stops before another runs', () => {
    expect(
      [1, 4, 5, 32].map((replicas) => serviceSpec('ratchet-a', { ...wanted, replicas }).UpdateConfig),
    ).toEqual([1, 1, 2, 8].map((Parallelism) => ({ ...spec.UpdateConfig, Parallelism })));
    expect(spec.UpdateConfig).toMatchObject({
      Order: 'start-first',
      FailureAction: 'rollback',
      MaxFailureRatio: 0,
    });
  });

  it.each([
    ['1.41', false],
    ['1.43', false],
    ['1.44', true],
    ['1.51', true],
    ['2.0', true],
  ])('of an engine with API %s gets no new privileges: %s', (apiVersion, isKept) => {
    expect(confinesServices({ apiVersion })).toBe(isKept);
  });
});
