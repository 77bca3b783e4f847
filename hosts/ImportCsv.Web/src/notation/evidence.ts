import { trimmed } from '../csv/blank';
import { type DateOrder, readDate } from './date-order';
import { type DecimalMark, readNumber } from './decimal-mark';

/** What the values of a column say of which of two ways they are written in. */
export class Evidence<Way extends string> {
  /** The first value that means something else in each way. */
  doubtful: string | null = null;
  private readonly counts: [number, number] = [0, 0];

  constructor(
    readonly ways: readonly [Way, Way],
    private readonly read: (value: string, way: Way) => string | null,
  ) {}

  add(value: string): void {
    const one = this.read(value, this.ways[0]);
    const other = this.read(value, this.ways[1]);
    if (one === other) {
      return;
    }
    if (one !== null && other !== null) {
      this.doubtful ??= value;
    } else {
      this.counts[one === null ? 1 : 0]++;
    }
  }

  /** What a reader has to be asked about: a value that all the others leave in doubt. */
  get question(): string | null {
    const [one, other] = this.counts;
    return (one === 0) === (other === 0) ? this.doubtful : null;
  }

  /** The way of most values; `preferred` when they do not say. */
  likely(preferred: Way): Way {
    const [one, other] = this.counts;
    return one === other ? preferred : this.ways[one > other ? 0 : 1];
  }
}

/** Whether a value could show something. Of most values, and of ISO dates, no more than this is read. */
const dateLike = /^\d{1,2}[./ -] ?\d{1,2}[./ -] ?\d{4}/;
const numberLike = /^[+-]?[\d \u00a0\u202f'’]*[.,][\d.,]*(?:e[+-]?\d+)?$/i;
const charactersMax = 40;

/** What the values of one column of a file say. */
export class ColumnEvidence {
  readonly order = new Evidence<DateOrder>(['day-first', 'month-first'], readDate);
  readonly mark = new Evidence<DecimalMark>(['.', ','], readNumber);

  add(field: string): void {
    const value = trimmed(field);
    if (value.length > charactersMax) {
      return;
    }
    if (dateLike.test(value)) {
      this.order.add(value);
    } else if (numberLike.test(value)) {
      this.mark.add(value);
    }
  }
}
