/** A place in a chain. */
export interface Link<T> {
  readonly value: T;
  before: Link<T> | null;
  after: Link<T> | null;
}

/**
 * Values in the order in which they came, any of which can be taken out at once. Not a set: one whose members come and go
 * is made anew by V8 every few of them, and each that was left behind keeps the next one in memory with all its members.
 * So do links, but for those that forget their neighbours when they are taken out.
 */
export class Chain<T> implements Iterable<T> {
  size = 0;
  first: Link<T> | null = null;
  private last: Link<T> | null = null;

  add(value: T): Link<T> {
    const link: Link<T> = { value, before: this.last, after: null };
    if (this.last === null) this.first = link;
    else this.last.after = link;
    this.last = link;
    this.size += 1;
    return link;
  }

  /** @param link one of this chain, once */
  remove(link: Link<T>): void {
    const { before, after } = link;
    if (before === null) this.first = after;
    else before.after = after;
    if (after === null) this.last = before;
    else after.before = before;
    link.before = null;
    link.after = null;
    this.size -= 1;
  }

  /** Those that are there now, whatever is taken out meanwhile. */
  [Symbol.iterator](): IterableIterator<T> {
    const values: T[] = [];
    for (let link = this.first; link !== null; link = link.after) values.push(link.value);
    return values.values();
  }
}
