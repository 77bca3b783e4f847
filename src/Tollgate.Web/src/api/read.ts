/** An answer that is not what the contract says. Thrown by the readers below, caught by `request` alone. */
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
  return optional(from, key, () => text(from, key));
}

/** A count or an amount in minor units: a whole number, never negative. */
export function whole(from: Bag, key: string): number {
  const value = from[key] as number;
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Malformed(`${key} is not a whole number`);
  }
  return value;
}

/** An amount in minor units that may also be a credit: a whole number of either sign. */
export function signed(from: Bag, key: string): number {
  const value = from[key] as number;
  // of no other type either
  if (!Number.isSafeInteger(value)) {
    throw new Malformed(`${key} is not a whole number`);
  }
  return value;
}

export function optionalWhole(from: Bag, key: string): number | null {
  return optional(from, key, () => whole(from, key));
}

/** A code of three letters in lower case, as Stripe writes it; anything else would make Intl throw. */
export function currency(from: Bag, key: string): string {
  const value = text(from, key);
  if (!/^[a-z]{3}$/.test(value)) {
    throw new Malformed(`${key} is not a currency`);
  }
  return value;
}

/** True or false; `absent` where the key is missing. */
export function flag(from: Bag, key: string, absent: boolean): boolean {
  const value = from[key] ?? absent;
  if (typeof value !== 'boolean') {
    throw new Malformed(`${key} is not a flag`);
  }
  return value;
}

/** A point in time that must be there. */
export function moment(from: Bag, key: string): Date {
  const read = new Date(text(from, key));
  if (Number.isNaN(read.getTime())) {
    throw new Malformed(`${key} is not a time`);
  }
  return read;
}

export function optionalMoment(from: Bag, key: string): Date | null {
  return optional(from, key, () => moment(from, key));
}

/** What stands under `key`, read; null where nothing does. */
export function optional<T>(from: Bag, key: string, read: (value: unknown) => T): T | null {
  return from[key] === undefined || from[key] === null ? null : read(from[key]);
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
