import type { CelInput } from '@bufbuild/cel';
import type { FactType } from '../facts/fact-type.js';
import { memberOf, namesOf } from '../facts/fact-type.js';
import { isMissing } from '../facts/policy-facts.js';
import { nameProblem } from './name-problem.js';

/** A rule touched a fact that is not there. The rule is inconclusive, whatever else it says. */
export class MissingFact extends Error {}

/** A rule asks for a name that these facts do not have. */
export class UnknownFact extends Error {}

/** Asks for the presence of a name below a map, see `@present`. */
export const presencePrefix = '\u0000present:';

/** What was looked at since the last comparison. */
export interface Touched {
  /** Sample sizes. */
  readonly sizes: number[];
}

/**
 * Facts as the CEL library reads them. A name that is missing throws where it is read, so that no operator can make
 * something of it. What a rule does not look at is not prepared.
 */
class FactMap extends Map<string, CelInput> {
  readonly #facts: Readonly<Record<string, unknown>>;
  readonly #read = new Map<string, CelInput | MissingFact>();
  readonly #touched: Touched;
  readonly #type: FactType;
  readonly #path: string;

  constructor(facts: Readonly<Record<string, unknown>>, type: FactType, path: string, touched: Touched) {
    super();
    this.#facts = facts;
    this.#touched = touched;
    this.#type = type;
    this.#path = path;
    // A missing name is a name all the same: macros over the names of a map meet it.
    for (const name of Object.keys(facts)) this.set(name, '');
  }

  override get(name: string): CelInput | undefined {
    if (name.startsWith(presencePrefix)) {
      const asked = name.slice(presencePrefix.length);
      return this.has(asked) && !(this.#value(asked) instanceof MissingFact);
    }
    if (!this.has(name)) this.#refuse(name);
    const value = this.#value(name);
    if (value instanceof MissingFact) throw value;
    const size = this.#facts['n'];
    if (typeof size === 'number' && name !== 'n') this.#touched.sizes.push(size);
    return value;
  }

  #value(name: string): CelInput | MissingFact {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const value = this.#facts[name];
    const found = isMissing(value)
      ? new MissingFact(`${this.#shown(name)} is missing: ${value.missing}`)
      : (factInput(value, memberOf(this.#type, name), this.#shown(name), this.#touched) ??
        new MissingFact(`${this.#shown(name)} is missing: it is no value that a rule can use`));
    this.#read.set(name, found);
    return found;
  }

  #refuse(name: string): never {
    if (namesOf(this.#type).includes(name))
      throw new MissingFact(`${this.#shown(name)} is missing: it is not among the facts`);
    const [came, allowed] = nameProblem('name', name, [...this.keys()]);
    throw new UnknownFact(
      `${came} in ${this.#path === '' ? 'the facts' : this.#path}, allowed is ${allowed}`,
    );
  }

  #shown(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}

/** Undefined for what no rule can use: null, NaN, an infinity. */
function factInput(
  value: unknown,
  type: FactType | undefined,
  path: string,
  touched: Touched,
): CelInput | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const element = type?.kind === 'list' ? type.element : undefined;
    const items = value.map((item, at) => factInput(item, element, `${path}[${at}]`, touched));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const group: FactType = type ?? { kind: 'object', fields: {}, about: '' };
  return new FactMap({ ...value }, group, path, touched);
}

/** All facts below one name. */
export function factValues(
  facts: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, FactType>>,
  touched: Touched,
): CelInput {
  return new FactMap(facts, { kind: 'object', fields: types, about: '' }, '', touched);
}
