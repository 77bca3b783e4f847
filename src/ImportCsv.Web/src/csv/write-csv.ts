/** One line of CSV with its line break. Values are quoted where they must be. */
export function csvLine(values: readonly string[]): string {
  const line = values.map(quoted).join(',');
  // a record of one empty value would be a blank line
  return `${line === '' ? '""' : line}\r\n`;
}

function quoted(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
