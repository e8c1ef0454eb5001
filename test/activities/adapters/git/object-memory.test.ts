import { describe, expect, it } from 'vitest';
import type { GitObject } from '../../../../activities/adapters/git/object-batch.js';
import { createObjectMemory } from '../../../../activities/adapters/git/object-memory.js';

const object = (text: string): GitObject => ({
  id: 'a'.repeat(40),
  type: 'blob',
  sizeBytes: text.length,
  content: Buffer.from(text),
});

/** A place that says how often it was read. */
function place(found: GitObject | undefined) {
  const it = {
    reads: 0,
    read: async () => {
      it.reads += 1;
      return found;
    },
  };
  return it;
}

describe('the memory of objects', () => {
  it('reads an object once and gives the same content ever after', async () => {
    const memory = createObjectMemory();
    const here = place(object('text'));
    await memory.recall('key', here.read);
    expect((await memory.recall('key', here.read))?.content.toString()).toBe('text');
    expect(here.reads).toBe(1);
  });

  it('looks again for what was not there, and for what is too large to keep', async () => {
    const memory = createObjectMemory();
    for (const here of [place(undefined), place(object('x'.repeat(70_000)))]) {
      await memory.recall('key', here.read);
      await memory.recall('key', here.read);
      expect(here.reads).toBe(2);
    }
  });

  it('does not remember a failure', async () => {
    const memory = createObjectMemory();
    const failing = () => Promise.reject(new Error('git is away'));
    await expect(memory.recall('key', failing)).rejects.toThrow('git is away');
    expect(await memory.recall('key', place(object('text')).read)).toMatchObject({ type: 'blob' });
  });

  it('forgets the oldest of very many', async () => {
    const memory = createObjectMemory();
    const first = place(object('first'));
    await memory.recall('first', first.read);
    for (let count = 0; count < 500; count += 1)
      await memory.recall(`other ${count}`, place(object('x')).read);
    await memory.recall('first', first.read);
    expect(first.reads).toBe(2);
  });
});
