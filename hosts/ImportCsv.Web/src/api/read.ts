/** An answer that is not what the contract says. Thrown by the readers below, caught by `readAnswer` alone. */
export class Malformed extends Error {}

export type Bag = Readonly<Record<string, unknown>>;

export function bag(value: unknown, name: string): Bag {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed(`${name} is not an object`);
  }
  return value as Bag;
}

export function text(from: Bag, key: string): string {
  const value = from[key];
  if (typeof value !== 'string' || value === '') {
    throw new Malformed(`${key} is not a text`);
  }
  return value;
}

export function optionalText(from: Bag, key: string): string | null {
  return from[key] === undefined || from[key] === null ? null : text(from, key);
}

/** A count: a whole number, never negative. */
export function whole(from: Bag, key: string): number {
  const value = from[key];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Malformed(`${key} is not a whole number`);
  }
  return value;
}

export function optionalWhole(from: Bag, key: string): number | null {
  return from[key] === undefined || from[key] === null ? null : whole(from, key);
}

/** True or false; `absent` where the key is missing. */
export function flag(from: Bag, key: string, absent: boolean): boolean {
  const value = from[key] ?? absent;
  if (typeof value !== 'boolean') {
    throw new Malformed(`${key} is not true or false`);
  }
  return value;
}

export function optionalMoment(from: Bag, key: string): Date | null {
  const value = optionalText(from, key);
  if (value === null) {
    return null;
  }
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) {
    throw new Malformed(`${key} is not a time`);
  }
  return moment;
}

/** The list under `key`, each item read; an absent list is empty. */
export function list<T>(from: Bag, key: string, item: (value: unknown) => T): readonly T[] {
  const value = from[key] ?? [];
  if (!Array.isArray(value)) {
    throw new Malformed(`${key} is not a list`);
  }
  return value.map(item);
}

export function eachText(value: unknown): string {
  if (typeof value !== 'string') {
    throw new Malformed('an item is not a text');
  }
  return value;
}
