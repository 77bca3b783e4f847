/** `wanted` when it is a page of the server that was asked, else null: an answer leads nowhere else. */
export function serverLink(wanted: string | null, api: string): string | null {
  if (wanted === null || !URL.canParse(wanted, api)) {
    return null;
  }
  const url = new URL(wanted, api);
  return /^https?:$/.test(url.protocol) && url.origin === new URL(api).origin ? url.href : null;
}
