import type { FactType } from '../../domain/policy/facts/fact-type.js';
import { factTypes } from '../../domain/policy/facts/fact-types.js';
import { markdownTable } from './markdown-table.js';

const head = `# Facts of a policy

Every name that a rule may use. This page is written by \`npx tsx scripts/docs/configuration.ts\` from the same description
that \`ratchet policy check\` holds rules against. \`<metric>\`, \`<slice column>\` and \`<input>\` stand for names of the model,
\`[]\` for an item of a list. Any fact may be missing, see [policies](policies.md#what-is-missing).
`;

/** The page `docs/policy-facts.md`. */
export function policyFactsPage(): string {
  return [head, ...Object.entries(factTypes()).map(([name, type]) => section(name, type))].join('\n');
}

function section(name: string, type: FactType): string {
  const rows = leavesOf(name, type).map(({ path, kind, about }) => [`\`${path}\``, kind, about]);
  return [
    `## ${name}`,
    '',
    type.about,
    '',
    ...markdownTable([['fact', 'type', 'meaning'], ...rows]),
    '',
  ].join('\n');
}

interface Leaf {
  readonly path: string;
  readonly kind: string;
  readonly about: string;
}

function leavesOf(path: string, type: FactType): Leaf[] {
  switch (type.kind) {
    case 'object':
      return Object.entries(type.fields).flatMap(([name, field]) => leavesOf(`${path}.${name}`, field));
    case 'map':
      return leavesOf(`${path}.<${type.of}>`, type.value);
    case 'list':
      return type.element.kind === 'object'
        ? leavesOf(`${path}[]`, type.element)
        : [{ path, kind: `list of ${words[type.element.kind]}s`, about: type.about }];
    default:
      return [{ path, kind: words[type.kind], about: type.about }];
  }
}

const words: Readonly<Record<FactType['kind'], string>> = {
  number: 'number',
  text: 'text',
  boolean: 'true or false',
  list: 'list',
  map: 'map',
  object: 'group',
};
