import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerSpec } from '../../../domain/engine/container-spec.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import { refuseSpec } from '../../../domain/engine/refuse-spec.js';

const bounds = { root: '/srv/agent', agent: 'me' };
const image = `sha256:${'a'.repeat(64)}`;
const spec = containerSpec({
  image,
  labels: { [engineLabels.agent]: 'me' },
  env: { A_NAME: 'a=value' },
  command: ['/usr/bin/node'],
  reads: [{ source: '/srv/agent/models/m.onnx', target: '/cache/m.onnx' }],
  scratch: [{ target: '/tmp', bytes: 1024 }],
  network: 'ratchet-net',
  publish: [{ containerPort: 8000, hostPort: 0 }],
  limits: { memoryBytes: 256 * 1024 ** 2, cpus: 0.5, processes: 64 },
  isKept: true,
});
const withHost = (change: object) => ({ ...spec, HostConfig: { ...spec.HostConfig, ...change } });
const bind = { Type: 'bind', Source: '/srv/agent/x', Target: '/x', ReadOnly: true };

describe('the list of what a container may ask', () => {
  it('has nothing against what we ask ourselves', () => {
    expect(refuseSpec(spec, bounds)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['privileges', withHost({ Privileged: true }), 'HostConfig.Privileged'],
    ['privileges, also where it says no', withHost({ Privileged: false }), 'HostConfig.Privileged'],
    ['the processes of the host', withHost({ PidMode: 'host' }), 'HostConfig.PidMode'],
    ['the memory of the host', withHost({ IpcMode: 'host' }), 'HostConfig.IpcMode'],
    ['the name of the host', withHost({ UTSMode: 'host' }), 'HostConfig.UTSMode'],
    ['the users of the host', withHost({ UsernsMode: 'host' }), 'HostConfig.UsernsMode'],
    ['the groups of the host', withHost({ CgroupnsMode: 'host' }), 'HostConfig.CgroupnsMode'],
    ['the network of the host', withHost({ NetworkMode: 'host' }), 'HostConfig.NetworkMode'],
    ['the network of another container', withHost({ NetworkMode: 'container:x' }), 'HostConfig.NetworkMode'],
    ['a network with a way out', withHost({ NetworkMode: 'bridge' }), 'HostConfig.NetworkMode'],
    ['devices', withHost({ Devices: [{ PathOnHost: '/dev/kvm' }] }), 'HostConfig.Devices'],
    ['device requests', withHost({ DeviceRequests: [{ Count: -1 }] }), 'HostConfig.DeviceRequests'],
    ['another runtime', withHost({ Runtime: 'mine' }), 'HostConfig.Runtime'],
    ['capabilities', withHost({ CapAdd: ['SYS_ADMIN'] }), 'HostConfig.CapAdd'],
    ['to keep capabilities', withHost({ CapDrop: ['NET_RAW'] }), 'HostConfig.CapDrop'],
    [
      'no filter of system calls',
      withHost({ SecurityOpt: ['no-new-privileges', 'seccomp=unconfined'] }),
      'HostConfig.SecurityOpt',
    ],
    ['new privileges', withHost({ SecurityOpt: [] }), 'HostConfig.SecurityOpt'],
    ['a root to write', withHost({ ReadonlyRootfs: false }), 'HostConfig.ReadonlyRootfs'],
    ['binds in the short form', withHost({ Binds: ['/:/host'] }), 'HostConfig.Binds'],
    ['volumes of others', withHost({ VolumesFrom: ['x'] }), 'HostConfig.VolumesFrom'],
    ['a bind outside of the root', withHost({ Mounts: [{ ...bind, Source: '/etc' }] }), 'HostConfig.Mounts'],
    [
      'a bind beside the root',
      withHost({ Mounts: [{ ...bind, Source: '/srv/agent-2/x' }] }),
      'HostConfig.Mounts',
    ],
    ['the root itself', withHost({ Mounts: [{ ...bind, Source: '/srv/agent' }] }), 'HostConfig.Mounts'],
    [
      'a bind over dots',
      withHost({ Mounts: [{ ...bind, Source: '/srv/agent/../../etc' }] }),
      'HostConfig.Mounts',
    ],
    [
      'the socket of the engine',
      withHost({ Mounts: [{ ...bind, Source: '/var/run/docker.sock' }] }),
      'HostConfig.Mounts',
    ],
    ['a bind to write', withHost({ Mounts: [{ ...bind, ReadOnly: false }] }), 'HostConfig.Mounts'],
    [
      'a bind with options',
      withHost({ Mounts: [{ ...bind, BindOptions: { Propagation: 'shared' } }] }),
      'HostConfig.Mounts',
    ],
    ['a volume', withHost({ Mounts: [{ ...bind, Type: 'volume' }] }), 'HostConfig.Mounts'],
    [
      'a port for everybody',
      withHost({ PortBindings: { '8000/tcp': [{ HostIp: '0.0.0.0', HostPort: '1' }] } }),
      'HostConfig.PortBindings',
    ],
    [
      'a port for nobody said',
      withHost({ PortBindings: { '8000/tcp': [{ HostPort: '1' }] } }),
      'HostConfig.PortBindings',
    ],
    ['processes without end', withHost({ PidsLimit: -1 }), 'HostConfig.PidsLimit'],
    ['memory without end', withHost({ Memory: 0, MemorySwap: 0 }), 'HostConfig.Memory'],
    ['swap', withHost({ MemorySwap: -1 }), 'HostConfig.MemorySwap'],
    ['all cores', withHost({ NanoCpus: 0 }), 'HostConfig.NanoCpus'],
    ['scratch to run from', withHost({ Tmpfs: { '/tmp': 'rw,nosuid,nodev,size=1' } }), 'HostConfig.Tmpfs'],
    ['scratch without end', withHost({ Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev' } }), 'HostConfig.Tmpfs'],
    ['a log without end', withHost({ LogConfig: { Type: 'json-file', Config: {} } }), 'HostConfig.LogConfig'],
    [
      'a log elsewhere',
      withHost({ LogConfig: { Type: 'syslog', Config: { 'max-size': '1m' } } }),
      'HostConfig.LogConfig',
    ],
    ['kernel settings', withHost({ Sysctls: { 'net.ipv4.ip_forward': '1' } }), 'HostConfig.Sysctls'],
    ['a cgroup of its own choice', withHost({ CgroupParent: '/' }), 'HostConfig.CgroupParent'],
    ['an image by a tag', { ...spec, Image: 'node:20' }, 'Image'],
    ['an image by a tag beside a digest of another kind', { ...spec, Image: 'node@md5:0' }, 'Image'],
    ['to be root', { ...spec, User: '0:0' }, 'User'],
    ['to be whoever the image says', { ...spec, User: '' }, 'User'],
    ['another entry point', { ...spec, Entrypoint: ['/bin/sh'] }, 'Entrypoint'],
    ['to belong to another agent', { ...spec, Labels: { [engineLabels.agent]: 'you' } }, 'Labels'],
    ['networks beside', { ...spec, NetworkingConfig: { EndpointsConfig: {} } }, 'NetworkingConfig'],
    ['a variable that is none', { ...spec, Env: ['no value'] }, 'Env'],
  ])('refuses %s by name', (_, body, name) => {
    const refused = refuseSpec(body, bounds);
    expect(refused.map((reason) => reason.split(' ')[0])).toContain(name);
  });

  it.each(Object.keys(spec.HostConfig).filter((key) => !['PortBindings', 'Tmpfs', 'Mounts'].includes(key)))(
    'does not do without HostConfig.%s',
    (key) => {
      const { [key]: _, ...rest } = spec.HostConfig as unknown as Record<string, unknown>;
      const refused = refuseSpec({ ...spec, HostConfig: rest }, bounds);
      expect(refused).toContain(`HostConfig.${key} is missing`);
    },
  );

  it('refuses whatever key it does not know, at either level', () => {
    const known = [...Object.keys(spec), ...Object.keys(spec.HostConfig)];
    const stranger = fc.string({ minLength: 1 }).filter((key) => !known.includes(key) && key !== '__proto__');
    fc.assert(
      fc.property(stranger, fc.anything(), fc.boolean(), (key, value, isHost) => {
        const body = isHost ? withHost({ [key]: value }) : { ...spec, [key]: value };
        const refused = refuseSpec(body, bounds);
        expect(refused.some((reason) => reason.includes(`${key} is not on the list`))).toBe(true);
      }),
    );
  });

  it.each([null, [], 'x', { HostConfig: null }, { HostConfig: [] }, {}])(
    'refuses what is no request: %j',
    (body) => {
      expect(refuseSpec(body, bounds).length).toBeGreaterThan(0);
    },
  );
});
