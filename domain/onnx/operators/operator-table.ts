/** From which version of its domain an operator is there, and from which it is gone. */
interface Lifetime {
  readonly since: number;
  readonly gone: number;
}

/** The operators of one domain, up to version `most`. */
export interface OperatorTable {
  readonly most: number;
  readonly lifetimes: ReadonlyMap<string, Lifetime>;
}

/** `since`: names, separated by spaces, by the version that brought them. `gone`: the version that took one away. */
export function operatorTable(
  most: number,
  since: Readonly<Record<number, string>>,
  gone: Readonly<Record<string, number>> = {},
): OperatorTable {
  const lifetimes = Object.entries(since).flatMap(([version, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, { since: Number(version), gone: gone[name] ?? Infinity }] as const),
  );
  return { most, lifetimes: new Map(lifetimes) };
}
