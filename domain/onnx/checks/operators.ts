import type { Finding } from '../../verdict.js';
import { functionKey } from '../function-key.js';
import type { OnnxModel, OnnxNode } from '../model-proto.js';
import { refusedOperators, standardDomains } from '../operators/domains.js';
import { broken } from './broken.js';
import { nameOf, type Scope, scopesOf } from './scopes.js';

/** Every node is a standard operator of the imported version, or a function of the model's own. */
export function* checkOperators(model: OnnxModel): Generator<Finding> {
  const functions = new Set(model.functions.map(functionKey));
  for (const scope of scopesOf(model)) {
    for (const node of scope.nodes) {
      const wrong = functions.has(functionKey(node)) ? null : wrongOperator(node, scope);
      if (wrong !== null) yield broken('operator', `${nameOf(node)} in ${scope.where}: ${wrong}`);
    }
  }
}

function wrongOperator({ domain, operator }: OnnxNode, { imports }: Scope): string | null {
  const table = standardDomains.get(domain);
  if (table === undefined) return `operators of the domain "${domain}" are not allowed`;
  const refused = refusedOperators.get(`${domain}.${operator}`);
  if (refused !== undefined) return `${domain}.${operator} ${refused}`;
  const lifetime = table.lifetimes.get(operator);
  if (lifetime === undefined) return `${domain} has no operator ${operator}`;
  const version = imports.find((i) => i.domain === domain)?.version;
  if (version === undefined) return `the domain ${domain} is used but not imported`;
  if (version < lifetime.since)
    return `${domain}.${operator} came with version ${lifetime.since}, imported is ${version}`;
  if (version >= lifetime.gone)
    return `${domain}.${operator} is gone since version ${lifetime.gone}, imported is ${version}`;
  return null;
}
