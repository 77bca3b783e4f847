/** A value without the space around it; the server calls the same characters space. */
export function trimmed(value: string): string {
  const plain = value.trim();
  // the one that is space to .NET alone
  const hasMore = plain.startsWith('\u0085') || plain.endsWith('\u0085');
  return hasMore ? plain.replace(/^[\s\u0085]+|[\s\u0085]+$/g, '') : plain;
}
