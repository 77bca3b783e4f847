/** What a column may hold. */
export const columnTypes = ['text', 'number', 'integer', 'date', 'boolean', 'email', 'url', 'select'] as const;

export type ColumnType = (typeof columnTypes)[number];

/** A column that the importer wants, with the rules for its values. */
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly unique: boolean;
  /** What is legal, for a select. */
  readonly values: readonly string[];
  /** Matches a whole value; null where there is none, or where only the server tries it. */
  readonly pattern: RegExp | null;
  /** Of a number its value, of a text its characters. */
  readonly min: number | null;
  readonly max: number | null;
  readonly example: string;
}
