const key = Symbol.for('tollgate.1');

/**
 * What all of our modules on a page have in common, however many of them bring a copy of this code: made by whichever
 * asks for it first.
 */
export function pageWide<T>(name: string, make: () => T): T {
  const page = globalThis as unknown as Record<symbol, Map<string, unknown> | undefined>;
  const known = (page[key] ??= new Map<string, unknown>());
  if (!known.has(name)) {
    known.set(name, make());
  }
  return known.get(name) as T;
}

/** Defines an element once: two of our modules on one page may both bring it. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) {
    customElements.define(name, element);
  }
}
