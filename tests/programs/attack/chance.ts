import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random choices that are the same again for the same seeds. */
export type Chance = {
  yes(part: number): boolean;
  /** A whole number, both ends in it. */
  between(from: number, to: number): number;
  of<Item>(items: readonly [Item, ...Item[]]): Item;
  /** The same of a list that may be empty. */
  any<Item>(items: readonly Item[]): Item | undefined;
  /** By weights, which need not add up to anything. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item;
  /** Another source, the same again for the same name. */
  sub(name: string | number): Chance;
};

/** `names` tell one source from another: what one draws changes nothing of what another does. */
export function openChance(...names: readonly (string | number)[]): Chance {
  const seed = createHash('sha256').update(names.join('/')).digest().readInt32BE(0);
  const generator = xoroshiro128plus(seed);
  const between = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    yes: (part) => uniformFloat64(generator) < part,
    between,
    of: (items) => items[between(0, items.length - 1)] ?? items[0],
    any: (items) => (items.length === 0 ? undefined : items[between(0, items.length - 1)]),
    weighted(items) {
      let left = uniformFloat64(generator) * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items.at(-1);
      if (last === undefined) throw new Error('nothing to choose from');
      return last[0];
    },
    sub: (name) => openChance(...names, name),
  };
}
