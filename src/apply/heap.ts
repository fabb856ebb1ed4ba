/** Gives its items back in order, smallest first; adding and taking cost the logarithm of their number. */
export interface Heap<Item> {
  add(item: Item): void;
  /** The smallest item, which stays. */
  first(): Item | undefined;
  /** Removes the smallest item. */
  take(): Item | undefined;
}

/** A binary heap; `compare` is negative when the first item comes before the second. */
export function createHeap<Item>(compare: (a: Item, b: Item) => number): Heap<Item> {
  const items: Item[] = [];

  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [items[a], items[b]];
    return one !== undefined && other !== undefined && compare(one, other) < 0;
  };
  const swap = (a: number, b: number): void => {
    const [one, other] = [items[a], items[b]];
    if (one === undefined || other === undefined) return;
    items[a] = other;
    items[b] = one;
  };

  return {
    first: () => items[0],
    add(item) {
      let at = items.push(item) - 1;
      for (let parent = (at - 1) >> 1; at > 0 && isBefore(at, parent); parent = (at - 1) >> 1) {
        swap(at, parent);
        at = parent;
      }
    },
    take() {
      swap(0, items.length - 1);
      const taken = items.pop();
      for (let at = 0; ;) {
        const left = 2 * at + 1;
        const child = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, at)) return taken;
        swap(at, child);
        at = child;
      }
    },
  };
}
