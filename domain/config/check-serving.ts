import type { ConfigFinding } from './config-problem.js';
import { longDurations } from './longest-durations.js';
import type { ModelConfig } from './model.js';
import type { EndpointConfig } from './serving.js';

/** What the shape of `serving` cannot say by itself. */
export function checkServing({ serving }: Pick<ModelConfig, 'serving'>): ConfigFinding[] {
  return Object.entries(serving).flatMap(([name, endpoint]) => checkEndpoint(name, endpoint));
}

function checkEndpoint(name: string, { application, health }: EndpointConfig): ConfigFinding[] {
  const path = ['serving', name];
  return [
    ...longDurations([
      [[...path, 'health', 'readyWithin'], health.readyWithin, '1 hour'],
      [[...path, 'health', 'drain'], health.drain, '1 hour'],
    ]),
    ...(application === undefined ? [] : checkApplication([...path, 'application'], application)),
  ];
}

type Application = NonNullable<EndpointConfig['application']>;

function checkApplication(path: readonly string[], { repository, ref }: Application): ConfigFinding[] {
  if (repository !== undefined) return checkAddress([...path, 'repository'], repository);
  if (ref === undefined) return [];
  const allowed = 'this key only beside "repository": serving code of this repository goes with it';
  return [{ path: [...path, 'ref'], came: 'given without "repository"', allowed, at: 'key' }];
}

const addressForms = 'https://host/path, ssh://user@host/path, user@host:path, or an absolute path';

/** The form alone: which hosts and paths may be read is a setting of the platform. The address may hold a secret. */
function checkAddress(path: readonly string[], address: string): ConfigFinding[] {
  if (/\s|\p{Cc}/u.test(address))
    return [{ path, came: 'an address with white space', allowed: addressForms }];
  if (/^https:\/\/[^/]*@|^ssh:\/\/[^/]*:[^/]*@/.test(address))
    return [{ path, came: 'an address with credentials', allowed: `${addressForms}, without credentials` }];
  const isOne = /^(?:https:\/\/[^/@?#]+\/[^?#]+|ssh:\/\/[^/?#]+\/[^?#]+|[^@:/]+@[^@:/]+:[^?#]+|\/.+)$/.test(
    address,
  );
  return isOne ? [] : [{ path, came: 'no address that git reads', allowed: addressForms }];
}

/** An endpoint with the model whose file declares it. */
export interface NamedEndpoint {
  readonly model: string;
  readonly endpoint: string;
}

/** Endpoints of the model whose names endpoints of models before it have: a name is an address in the project. */
export function checkEndpointNames(
  { model, serving }: Pick<ModelConfig, 'model' | 'serving'>,
  others: readonly NamedEndpoint[],
): ConfigFinding[] {
  return Object.keys(serving).flatMap((endpoint): ConfigFinding[] => {
    const other = others.find((one) => one.endpoint === endpoint && one.model !== model);
    if (other === undefined) return [];
    const came = `the name of an endpoint of ${model} and of ${other.model}`;
    const allowed = 'a name that no other endpoint of the project has';
    return [{ path: ['serving', endpoint], came, allowed, at: 'key' }];
  });
}
