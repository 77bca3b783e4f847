import type { Column } from '../columns/column';
import { likeness } from './likeness';

/** For each column of the importer the index of the file's column that feeds it, or null. */
export type Mapping = readonly (number | null)[];

/** Less alike than this is no guess at all: a wrong one is worse than none. */
const leastLikeness = 0.7;

/** Guesses by name; the most alike pair first, and each of the file's columns feeds one of ours at the most. */
export function guessMapping(columns: readonly Column[], headers: readonly string[]): Mapping {
  const pairs = columns.flatMap((column, ours) =>
    headers.map((header, theirs) => ({
      ours,
      theirs,
      score: Math.max(likeness(column.key, header), likeness(column.label, header)),
    })),
  );
  const mapping: (number | null)[] = columns.map(() => null);
  const taken = new Set<number>();
  for (const { ours, theirs, score } of pairs.toSorted((one, other) => other.score - one.score)) {
    if (score >= leastLikeness && mapping[ours] === null && !taken.has(theirs)) {
      mapping[ours] = theirs;
      taken.add(theirs);
    }
  }
  return mapping;
}

/** Without names the columns are taken in their order. */
export function mapInOrder(columns: readonly Column[], width: number): Mapping {
  return columns.map((_, index) => (index < width ? index : null));
}

/** `column` is fed by `source` from now on, and no other one is. */
export function remap(mapping: Mapping, column: number, source: number | null): Mapping {
  return mapping.map((held, index) => (index === column ? source : held === source ? null : held));
}
