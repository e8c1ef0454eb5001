/** What kind of value stands under a name that rules may use. */
export type FactType =
  | { readonly kind: 'number' | 'text' | 'boolean'; readonly about: string }
  | { readonly kind: 'list'; readonly element: FactType; readonly about: string }
  /** Names of one sort, such as metrics. `keys` are those there are; undefined where that is not known beforehand. */
  | {
      readonly kind: 'map';
      readonly of: string;
      readonly keys: readonly string[] | undefined;
      readonly value: FactType;
      readonly about: string;
    }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, FactType>>; readonly about: string };

export const number = (about: string): FactType => ({ kind: 'number', about });
export const text = (about: string): FactType => ({ kind: 'text', about });
export const boolean = (about: string): FactType => ({ kind: 'boolean', about });
export const list = (element: FactType, about: string): FactType => ({ kind: 'list', element, about });
export const object = (fields: Readonly<Record<string, FactType>>, about: string): FactType => ({
  kind: 'object',
  fields,
  about,
});
export const map = (
  of: string,
  keys: readonly string[] | undefined,
  value: FactType,
  about: string,
): FactType => ({ kind: 'map', of, keys, value, about });

/** What stands under a name, or undefined where nothing can. */
export function memberOf(type: FactType, name: string): FactType | undefined {
  if (type.kind === 'object') return Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
  if (type.kind !== 'map') return undefined;
  return type.keys === undefined || type.keys.includes(name) ? type.value : undefined;
}

/** The names under a type; empty where they are not known beforehand. */
export function namesOf(type: FactType): readonly string[] {
  if (type.kind === 'object') return Object.keys(type.fields);
  return type.kind === 'map' ? (type.keys ?? []) : [];
}

export const kindText: Readonly<Record<FactType['kind'], string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'true or false',
  list: 'a list',
  map: 'a map',
  object: 'a group of facts',
};
