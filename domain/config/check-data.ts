import { checkTracking } from './check-tracking.js';
import type { ConfigFinding } from './config-problem.js';
import type { FeatureViewConfig } from './feature-view.js';
import type { ProjectConfig, SourceConfig } from './project.js';
import type { TableConfig } from './table.js';
import { choiceText } from './value-text.js';

/**
 * There are models, or it is the organisation's; models have names and folders of their own, members are named once, and
 * whoever is named elsewhere is there.
 */
export function checkProject(project: ProjectConfig): ConfigFinding[] {
  const { models, members, changes } = project;
  const twice = (key: 'name' | 'path') =>
    models.flatMap((model, index): ConfigFinding[] =>
      models.findIndex((other) => other[key] === model[key]) === index
        ? []
        : [{ path: ['models', index, key], came: `${model[key]} a second time`, allowed: 'each model once' }],
    );
  const again = members.flatMap(({ name }, index): ConfigFinding[] =>
    members.findIndex((other) => other.name === name) === index
      ? []
      : [{ path: ['members', index, 'name'], came: `${name} a second time`, allowed: 'each member once' }],
  );
  return [
    ...checkHasModels(project),
    ...twice('name'),
    ...twice('path'),
    ...again,
    ...checkChanges(members, changes),
    ...checkTracking(project),
  ];
}

function checkHasModels({ models, organisation = false }: ProjectConfig): ConfigFinding[] {
  if (organisation === (models.length === 0)) return [];
  const path = ['models'];
  return organisation
    ? [
        {
          path,
          came: models.map(({ name }) => name).join(', '),
          allowed: 'an empty list where "organisation" is true: models belong into projects of their own',
        },
      ]
    : [{ path, came: 'an empty list', allowed: 'at least one model, or "organisation: true"' }];
}

/** What nobody can approve could never be turned off again. */
function checkChanges(members: ProjectConfig['members'], changes: ProjectConfig['changes']): ConfigFinding[] {
  if (changes === undefined) return [];
  const { role, quorum } = changes;
  const holders = members.filter(({ roles }) => roles.includes(role)).length;
  if (holders >= quorum) return [];
  const came = `${quorum} of role ${role}, which ${holders} of the members have`;
  return [{ path: ['changes'], came, allowed: 'a role that as many members have as are asked' }];
}

/** Keys of a table that name columns name columns that are read. */
export function checkTable(table: TableConfig): ConfigFinding[] {
  const { clean } = table;
  const named: readonly (readonly [readonly (string | number)[], string])[] = [
    ...table.rowKey.map((name, index) => [['rowKey', index], name] as const),
    ...Object.keys(clean.normalise).map((name) => [['clean', 'normalise', name], name] as const),
    ...Object.keys(clean.ranges).map((name) => [['clean', 'ranges', name], name] as const),
    ...Object.keys(table.knownAt.columns).map((name) => [['knownAt', 'columns', name], name] as const),
    ...(clean.duplicates?.key ?? []).map(
      (name, index) => [['clean', 'duplicates', 'key', index], name] as const,
    ),
    ...(clean.duplicates?.orderBy ?? []).map(
      (name, index) => [['clean', 'duplicates', 'orderBy', index], name] as const,
    ),
  ];
  const columns = Object.keys(table.columns);
  if (columns.length === 0)
    return [{ path: ['columns'], came: 'an empty map', allowed: 'at least one column' }];
  const unread = named.flatMap(([path, name]): ConfigFinding[] =>
    Object.hasOwn(table.columns, name)
      ? []
      : [{ path, came: `the column ${name}, which is not read`, allowed: `one of ${columns.join(', ')}` }],
  );
  return [...unread, ...checkCleaning(table)];
}

/** Ranges are of numbers, normalising is of text. */
function checkCleaning({ columns, clean }: TableConfig): ConfigFinding[] {
  const texts = Object.keys(clean.normalise).flatMap((name): ConfigFinding[] => {
    const type = columns[name] ?? 'string';
    const path = ['clean', 'normalise', name];
    return type === 'string'
      ? []
      : [{ path, came: `given for a column of type ${type}`, allowed: 'a string column', at: 'key' }];
  });
  const ranges = Object.entries(clean.ranges).flatMap(([name, { min, max }]): ConfigFinding[] => {
    const type = columns[name] ?? 'double';
    const path = ['clean', 'ranges', name];
    if (type !== 'integer' && type !== 'double')
      return [
        {
          path,
          came: `given for a column of type ${type}`,
          allowed: 'an integer or double column',
          at: 'key',
        },
      ];
    return min !== undefined && max !== undefined && min > max
      ? [{ path, came: `min ${min} and max ${max}`, allowed: 'a min that is not above the max' }]
      : [];
  });
  return [...texts, ...ranges];
}

const tableKeys = ['query', 'path', 'format'] as const;

/** Which of these keys a table needs, by the kind of its source; the others have no meaning there. */
const keysOfKind: Readonly<Record<SourceConfig['kind'], readonly string[]>> = {
  postgres: ['query'],
  s3: ['path', 'format'],
  repository: ['path', 'format'],
};

/** Holds a table against the sources of its project. */
export function checkTableSource(
  table: TableConfig,
  sources: Readonly<Record<string, SourceConfig>>,
): ConfigFinding[] {
  const source = Object.hasOwn(sources, table.source) ? sources[table.source] : undefined;
  if (source === undefined) {
    const names = Object.keys(sources);
    const allowed = names.length === 0 ? 'none: the project has no sources' : choiceText(names);
    return [{ path: ['source'], came: `${table.source}, which the project does not allow`, allowed }];
  }
  const given = { query: table.query, path: table.path, format: table.format };
  const asked = keysOfKind[source.kind];
  return tableKeys.flatMap((key): ConfigFinding[] => {
    const wanted = asked.includes(key);
    if (wanted === (given[key] !== undefined)) return [];
    return wanted
      ? [
          {
            path: [key],
            came: 'nothing',
            allowed: `this key, which a table of a ${source.kind} source needs`,
          },
        ]
      : [
          {
            path: [key],
            came: `given for a table of a ${source.kind} source`,
            allowed: choiceText(asked),
            at: 'key',
          },
        ];
  });
}

/** A view gives at least one feature, and aggregates say of what. */
export function checkFeatureView(view: FeatureViewConfig): ConfigFinding[] {
  const columns = Object.entries(view.columns);
  if (columns.length === 0)
    return [{ path: ['columns'], came: 'an empty map', allowed: 'at least one feature' }];
  if (view.kind !== 'window') return [];
  return Object.entries(view.columns).flatMap(([name, { aggregate, of }]): ConfigFinding[] =>
    aggregate !== 'count' && of === undefined
      ? [
          {
            path: ['columns', name, 'of'],
            came: 'nothing',
            allowed: `the column whose ${aggregate} is taken`,
          },
        ]
      : [],
  );
}
