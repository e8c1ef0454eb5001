import {
  between,
  contentRules,
  exactly,
  held,
  isPlainPath,
  isReadBeneath,
  isRecord,
  isTexts,
  type Rules,
  type SpecBounds,
  when,
} from './refuse-spec.js';

const mebibyte = 1024 ** 2;

/**
 * Why a request for a service is refused; empty where it may be made. A list of what is allowed, as for containers: a key
 * that is not on it is refused by its name, and so is one that has to be there and is not.
 */
export function refuseService(body: unknown, bounds: SpecBounds): readonly string[] {
  return isRecord(body) ? held(body, serviceRules, bounds, '') : ['the request is not an object'];
}

/** A part whose own keys are held against a list. */
const part = (rules: Rules): Rules[string] => ({
  parts: rules,
  rule: (value) => when(isRecord(value), 'an object'),
});

const change = (failureAction: string) =>
  part({
    Parallelism: { rule: between(1, 1024) },
    Monitor: { rule: between(1e9, 600e9) },
    MaxFailureRatio: { rule: exactly(0) },
    Order: { rule: exactly('start-first') },
    FailureAction: { rule: exactly(failureAction) },
  });

const healthRules: Rules = {
  Test: {
    rule: (value) =>
      when(isTexts(value) && value[0] === 'CMD' && value.length > 1, 'CMD and the words of a program'),
  },
  Interval: { rule: between(1e9, 600e9) },
  Timeout: { rule: between(1e9, 600e9) },
  StartPeriod: { rule: between(1e6, 86_400e9) },
  Retries: { rule: between(1, 100) },
};

const containerRules: Rules = {
  ...contentRules,
  ReadOnly: { rule: exactly(true) },
  CapabilityDrop: { rule: exactly(['ALL']) },
  Privileges: { rule: exactly({ NoNewPrivileges: true }) },
  Mounts: { rule: mounts },
  Healthcheck: part(healthRules),
  StopGracePeriod: { rule: between(0, 86_400e9) },
};

const taskRules: Rules = {
  ContainerSpec: part(containerRules),
  Resources: part({
    Limits: part({
      MemoryBytes: { rule: between(16 * mebibyte, 1024 * 1024 * mebibyte) },
      NanoCPUs: { rule: between(1e7, 1024e9) },
      Pids: { rule: between(1, 4096) },
    }),
  }),
  RestartPolicy: part({ Condition: { rule: exactly('any') }, Delay: { rule: between(0, 600e9) } }),
  Placement: part({
    Constraints: {
      rule: (value) =>
        when(
          isTexts(value) && value.length === 1 && /^node\.id==[a-z0-9]{1,64}$/.test(value[0] ?? ''),
          'one node by its id',
        ),
    },
  }),
  Networks: {
    rule: (value) =>
      when(
        Array.isArray(value) && value.length === 1 && isRecord(value[0]) && isOwnNetwork(value[0]),
        'one network ratchet-...',
      ),
  },
  LogDriver: {
    rule: (value) =>
      when(
        isRecord(value) &&
          value['Name'] === 'json-file' &&
          isRecord(value['Options']) &&
          'max-size' in value['Options'],
        'json-file with max-size',
      ),
  },
};

const serviceRules: Rules = {
  Name: {
    rule: (value) =>
      when(/^ratchet-[a-z0-9-]{1,55}$/.test(String(value)), 'a name ratchet-... of 63 at most'),
  },
  Labels: contentRules.Labels,
  TaskTemplate: part(taskRules),
  Mode: part({ Replicated: part({ Replicas: { rule: between(1, 1024) } }) }),
  UpdateConfig: change('rollback'),
  RollbackConfig: change('pause'),
  // A port that a swarm publishes answers on every address of every node.
  EndpointSpec: { rule: exactly({ Mode: 'dnsrr' }) },
};

const isOwnNetwork = (network: Readonly<Record<string, unknown>>) =>
  Object.keys(network).join() === 'Target' && /^ratchet-[a-z0-9-]+$/.test(String(network['Target']));

function mounts(value: unknown, { root }: SpecBounds): string | null {
  return when(
    Array.isArray(value) && value.every((mount) => isReadBeneath(mount, root) || isScratch(mount)),
    `binds that are read only, of what lies in ${root}, and folders in memory with a size`,
  );
}

function isScratch(mount: unknown): boolean {
  if (!isRecord(mount) || Object.keys(mount).toSorted().join() !== 'Target,TmpfsOptions,Type') return false;
  const options = mount['TmpfsOptions'];
  return (
    mount['Type'] === 'tmpfs' &&
    isPlainPath(mount['Target']) &&
    isRecord(options) &&
    Object.keys(options).toSorted().join() === 'Mode,SizeBytes' &&
    Number.isInteger(options['SizeBytes']) &&
    Number(options['SizeBytes']) > 0
  );
}
