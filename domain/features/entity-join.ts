import { quoteIdentifier } from './quote.js';

/** Names that entity columns get inside generated SQL, whatever the view calls them. */
export const entityName = (index: number) => `e${index}`;

/** The entity columns under their inner names. */
export function entityColumns(entity: readonly string[]): string {
  return entity.map((name, index) => `${quoteIdentifier(name)} as ${entityName(index)}`).join(', ');
}

/** Rows whose entity is known: a null names nobody. */
export function entityKnown(entity: readonly string[]): string {
  return entity.map((name) => `${quoteIdentifier(name)} is not null`).join(' and ');
}

/** `s` joined to `other`, which has the inner names. */
export function sameEntity(entity: readonly string[], other: string): string {
  return entity
    .map((name, index) => `${other}.${entityName(index)} = s.${quoteIdentifier(name)}`)
    .join(' and ');
}

export function entityList(entity: readonly string[]): string {
  return entity.map((_, index) => entityName(index)).join(', ');
}
