/** Something that takes long to make: made one at a time, and kept until it is made again. */
export interface Latest<Value> {
  readonly shown: () => { readonly at: number; readonly value: Value } | undefined;
  /** Makes it anew, or waits where it is being made. */
  readonly make: () => Promise<void>;
}

/** Keeps what `make` made last. */
export function createLatest<Value>(make: () => Promise<Value>, nowMs: () => number): Latest<Value> {
  let shown: { readonly at: number; readonly value: Value } | undefined;
  let making: Promise<void> | undefined;
  const makeOne = async (): Promise<void> => {
    try {
      shown = { value: await make(), at: nowMs() };
    } finally {
      making = undefined;
    }
  };
  return {
    shown: () => shown,
    make: () => (making ??= makeOne()),
  };
}
