import { stringify } from 'yaml';

/** A value as YAML with sorted keys and a line an entry: equal values, equal texts, whatever order a file had. */
export function yamlText(value: unknown): string {
  return stringify(value, { sortMapEntries: true, lineWidth: 0 });
}
