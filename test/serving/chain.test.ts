import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../domain/stats/seeded-random.js';
import { Chain, type Link } from '../../serving/batching/chain.js';

describe('a chain', () => {
  it('keeps the order in which values came, whichever are taken out', () => {
    const random = seededRandom(3);
    const chain = new Chain<number>();
    const links: Link<number>[] = [];
    for (let at = 0; at < 2000; at += 1) {
      const taken = random() < 0.5 ? links.splice(Math.floor(random() * links.length), 1)[0] : undefined;
      if (taken === undefined) links.push(chain.add(at));
      else chain.remove(taken);
      expect(chain.size).toBe(links.length);
      expect(chain.first?.value).toBe(links[0]?.value);
    }
    expect([...chain]).toEqual(links.map(({ value }) => value));
  });

  it('is gone through as it was, though values are taken out meanwhile', () => {
    const chain = new Chain<string>();
    const links = ['a', 'b', 'c'].map((value) => chain.add(value));
    const seen: string[] = [];
    for (const value of chain) {
      for (const link of links.splice(0)) chain.remove(link);
      seen.push(value);
    }
    expect([seen, chain.size, [...chain]]).toEqual([['a', 'b', 'c'], 0, []]);
  });

  it('lets go of what is taken out: one link holds no other', () => {
    const chain = new Chain<number>();
    const [first, second, third] = [chain.add(1), chain.add(2), chain.add(3)];
    chain.remove(second);
    expect([second.before, second.after]).toEqual([null, null]);
    chain.remove(first);
    chain.remove(third);
    expect([chain.first, chain.size, chain.add(4).before]).toEqual([null, 0, null]);
  });
});
