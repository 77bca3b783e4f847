/** One line of CSV with its line break. Values are quoted where they must be. */
export function csvLine(values: readonly string[]): string {
  const line = values.map(quoted).join(',');
  // a record of empty values would be a blank row, which is none
  return `${/^,*$/.test(line) ? `${line}""` : line}\r\n`;
}

function quoted(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
