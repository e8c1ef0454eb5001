import type { ConfigFinding, ConfigPath } from './config-problem.js';
import type { SourceConfig } from './project.js';
import type { NewDataConfig, TriggersConfig } from './triggers.js';
import { choiceText } from './value-text.js';

/** How new data of a source is looked for, by its kind. Files of the repository come by pushes. */
const keyOfKind: Readonly<Record<SourceConfig['kind'], 'query' | 'prefix' | null>> = {
  postgres: 'query',
  s3: 'prefix',
  repository: null,
};

/** Holds `triggers.newData` of a model against the sources of its project. */
export function checkTriggerSources(
  { triggers }: { readonly triggers: TriggersConfig },
  sources: Readonly<Record<string, SourceConfig>>,
): ConfigFinding[] {
  return Object.entries(triggers.newData).flatMap(([name, newData]) =>
    checkSource(['triggers', 'newData', name], newData, sources),
  );
}

function checkSource(
  path: ConfigPath,
  newData: NewDataConfig,
  sources: Readonly<Record<string, SourceConfig>>,
): ConfigFinding[] {
  const source = Object.hasOwn(sources, newData.source) ? sources[newData.source] : undefined;
  if (source === undefined) {
    const names = Object.keys(sources);
    const allowed = names.length === 0 ? 'none: the project has no sources' : choiceText(names);
    return [
      { path: [...path, 'source'], came: `${newData.source}, which the project does not allow`, allowed },
    ];
  }
  const key = keyOfKind[source.kind];
  if (key === null) {
    const came = `${newData.source}, whose files lie in the repository`;
    return [
      { path: [...path, 'source'], came, allowed: 'a database or a bucket; a push tells of these files' },
    ];
  }
  if (newData[key] !== undefined) return [];
  const allowed = `this key, which new data of a ${source.kind} source needs`;
  return [{ path: [...path, key], came: 'nothing', allowed }];
}
