/** Which number of 03/04/2026 is the day. A year of four digits that comes first settles it by itself. */
export type DateOrder = 'day-first' | 'month-first';

const time = String.raw`(?:(?:T|,? )(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?: ?([ap])\.?m\.?)?)?`;
const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:[0-5]\d)?)?$/;
const yearFirst = new RegExp(String.raw`^(\d{4})([./-] ?| )(\d{1,2})\2(\d{1,2})\.?${time}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([./-] ?| )(\d{1,2})\2(\d{4})\.?${time}$`, 'i');

/**
 * A date as ISO 8601, or null for what is none: ISO as it stands, else three numbers between points, slashes, hyphens
 * or spaces, with a time if need be. The year has four digits, since two do not say which century.
 */
export function readDate(value: string, order: DateOrder): string | null {
  const [, year, month, day] = iso.exec(value) ?? [];
  if (year) {
    return isDay(year, month!, day!) ? value : null;
  }
  const first = yearFirst.exec(value);
  if (first) {
    return isoOf(first[1]!, first[3]!, first[4]!, first.slice(5));
  }
  const last = yearLast.exec(value);
  if (!last) {
    return null;
  }
  const [one, other] = [last[1]!, last[3]!];
  const dayFirst = order === 'day-first';
  return isoOf(last[4]!, dayFirst ? other : one, dayFirst ? one : other, last.slice(5));
}

function isoOf(year: string, month: string, day: string, [hours, ...rest]: (string | undefined)[]): string | null {
  const clock = hours === undefined ? '' : timeOf(Number(hours), ...rest);
  return clock !== null && isDay(year, month, day) ? `${year}-${twoDigits(month)}-${twoDigits(day)}${clock}` : null;
}

function timeOf(hours: number, minutes?: string, seconds?: string, half?: string): string | null {
  if (half === undefined ? hours > 23 : hours < 1 || hours > 12) {
    return null;
  }
  const afternoon = half?.toLowerCase() === 'p' ? 12 : 0;
  const hour = half === undefined ? hours : (hours % 12) + afternoon;
  return `T${twoDigits(hour)}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`;
}

function twoDigits(value: string | number): string {
  return String(value).padStart(2, '0');
}

/** Whether the calendar has that day. */
function isDay(...parts: [year: string, month: string, day: string]): boolean {
  const [year, month, day] = parts.map(Number) as [number, number, number];
  // years below 100 would be those of the last century; 400 years on, the calendar is the same
  const date = new Date(Date.UTC(year + 400, month - 1, day));
  // Date rolls 30 February over to March
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year > 0;
}
