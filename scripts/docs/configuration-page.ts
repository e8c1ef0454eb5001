import { type ConfigurationFile, configurationFiles } from '../../domain/config/configuration-files.js';
import { type DescribedField, describeSchema } from '../../domain/config/describe.js';
import { markdownTable } from './markdown-table.js';

const introductions: Readonly<Record<ConfigurationFile, string>> = {
  project:
    'At the root of a repository. It names the models and the only data sources that their tables may read.',
  model:
    'One a model, in the folder that `ratchet.project.yaml` names. Paths in it are relative to the root of the repository.',
  table: 'One a table. The file is called as the table is.',
  'feature-view':
    'One a feature view. The file is called as the view is. `kind` decides which other keys there are.',
  policy:
    "Beside the `ratchet.yaml` of a model, or at the root of the organisation's repository. `docs/policies.md` tells how to write one, and every fact that a rule may name.",
  'image-policy':
    'Anywhere in a repository; `ratchet image scan --policy` names it. `docs/images-and-signatures.md` tells what is looked at.',
  'policy-test': 'Beside a `policy.yaml`: cases that `ratchet policy test` tries.',
};

const head = `# Configuration reference

Everything that Ratchet knows about a model stands in YAML files in its repository. This page lists every key. It is
written by \`npx tsx scripts/docs/configuration.ts\` from the same schema that reads the files.

- A key that is not listed is refused. So are anchors, aliases, tags, a key given twice, a second document, more than
  256 KiB, and more than 64 levels.
- \`ratchet config check\` names file, line and column of everything that is wrong, what came, and what is allowed.
- Editors that know JSON Schema complete and check the files. Put the first line that fits at the top of a file:

  \`\`\`yaml
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/project.json
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/model.json
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/table.json
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/feature-view.json
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/policy.json
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/policy-test.json
  # yaml-language-server: $schema=<path to ratchet>/docs/schema/image-policy.json
  \`\`\`

In a path, \`<name>\` is a name of your own and \`[]\` an item of a list.
`;

/** The page `docs/configuration.md`. */
export function configurationPage(): string {
  const names = Object.keys(configurationFiles) as ConfigurationFile[];
  return [head, ...names.map(section)].join('\n');
}

function section(name: ConfigurationFile): string {
  const { file, schema } = configurationFiles[name];
  const rows = describeSchema(schema).map(cellsOf);
  const lines = markdownTable([['key', 'takes', 'default', 'meaning'], ...rows]);
  return [`## ${file}`, '', introductions[name], '', ...lines, ''].join('\n');
}

function cellsOf({ path, type, fallback, meaning, kind }: DescribedField): string[] {
  const shown = ['required', 'none'].includes(fallback) ? fallback : code(fallback);
  const told = kind === undefined ? meaning : `With ${code(kind)}: ${meaning}`;
  return [code(path), escaped(type), shown, escaped(told)];
}

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll(/<(\w+)>/g, '&lt;$1&gt;');
