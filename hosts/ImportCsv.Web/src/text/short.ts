/** A foreign text at a length that can be read. Cut by characters, not within one. */
export function short(text: string, most = 80): string {
  if (text.length <= most) {
    return text;
  }
  return `${[...text.slice(0, most * 2)].slice(0, most).join('')}…`;
}
