import type { Column } from '../columns/column';
import { trimmed } from '../csv/blank';
import { isSame, isSynonym, nearness } from './likeness';

/** For each column of the importer the index of the file's column that feeds it, or null. */
export type Mapping = readonly (number | null)[];

/** For each column of the importer those of the file that it may be, where the reader has to say; else none. */
export type Doubts = readonly (readonly number[])[];

export interface Guess {
  readonly mapping: Mapping;
  readonly doubts: Doubts;
}

/** Less near than this is not even worth a question. */
const nearnessMin = 0.7;
const candidatesMax = 3;

/**
 * Matches by name: what is the same, then words for one thing. What could be either of two, and what is only nearly the
 * same, is left to be asked: a wrong guess that nobody sees is worse than none.
 */
export function guessMapping(columns: readonly Column[], headers: readonly string[]): Guess {
  const names = new Names(columns, headers);
  names.settle(isSame);
  names.settle(isSynonym);
  names.askAboutNear();
  return { mapping: names.mapping, doubts: names.doubts };
}

/** Without names the columns are taken in their order. */
export function mapInOrder(columns: readonly Column[], width: number): Guess {
  return { mapping: columns.map((_, index) => (index < width ? index : null)), doubts: columns.map(() => []) };
}

/** `column` is fed by `source` from now on, and no other one is. */
export function remap(mapping: Mapping, column: number, source: number | null): Mapping {
  return mapping.map((held, index) => (index === column ? source : held === source ? null : held));
}

class Names implements Guess {
  readonly mapping: (number | null)[];
  readonly doubts: (readonly number[])[];

  constructor(
    private readonly columns: readonly Column[],
    private readonly headers: readonly string[],
  ) {
    this.mapping = columns.map(() => null);
    this.doubts = columns.map(() => []);
  }

  /** Matches each pair of columns that are alike and nothing else; the others are doubts. */
  settle(isAlike: (one: string, other: string) => boolean): void {
    const claims = this.claims((ours, theirs) => this.named(ours).some((name) => isAlike(name, this.headers[theirs]!)));
    for (const [ours, found] of claims) {
      const rivals = claims.filter(([other, names]) => other !== ours && names.some((one) => found.includes(one)));
      const [only] = found.length === 1 ? found : [];
      const isExact = only !== undefined && this.isExact(ours, only);
      const isTaken = only !== undefined && rivals.some(([other]) => this.isExact(other, only));
      if (only !== undefined && !isTaken && (isExact || rivals.length === 0)) {
        this.mapping[ours] = only;
      } else if (isExact || !isTaken) {
        this.doubts[ours] = found.slice(0, candidatesMax);
      }
    }
  }

  askAboutNear(): void {
    const score = (ours: number, theirs: number) =>
      Math.max(...this.named(ours).map((name) => nearness(name, this.headers[theirs]!)));
    for (const [ours, found] of this.claims((ours, theirs) => score(ours, theirs) >= nearnessMin)) {
      this.doubts[ours] = found.toSorted((a, b) => score(ours, b) - score(ours, a)).slice(0, candidatesMax);
    }
  }

  /** By each open column the file's free columns that are alike; of several the one that is called exactly so. */
  private claims(isAlike: (ours: number, theirs: number) => boolean): (readonly [number, readonly number[]])[] {
    const free = [...this.headers.keys()].filter((theirs) => !this.mapping.includes(theirs));
    return this.columns.flatMap((_, ours) => {
      const isOpen = this.mapping[ours] === null && this.doubts[ours]!.length === 0;
      const found = isOpen ? free.filter((theirs) => isAlike(ours, theirs)) : [];
      const exact = found.filter((theirs) => this.isExact(ours, theirs));
      return found.length === 0 ? [] : [[ours, found.length > 1 && exact.length === 1 ? exact : found] as const];
    });
  }

  private isExact(ours: number, theirs: number): boolean {
    return this.named(ours).includes(trimmed(this.headers[theirs]!));
  }

  private named(ours: number): readonly [string, string] {
    const { key, label } = this.columns[ours]!;
    return [key, label];
  }
}
