import { type ConfigurationFile, configurationFiles } from '../../domain/config/configuration-files.js';
import { editorSchema } from '../../domain/config/describe.js';
import { configurationPage } from './configuration-page.js';
import { policyFactsPage } from './policy-facts-page.js';

/** Every generated file of the configuration reference, by its path in the repository. */
export function configurationReference(): ReadonlyMap<string, string> {
  const names = Object.keys(configurationFiles) as ConfigurationFile[];
  return new Map([
    ['docs/configuration.md', configurationPage()],
    ['docs/policy-facts.md', policyFactsPage()],
    ...names.map(
      (name) => [`docs/schema/${name}.json`, `${JSON.stringify(editorSchema(name), null, 2)}\n`] as const,
    ),
  ]);
}
