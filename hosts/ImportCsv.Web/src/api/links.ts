/**
 * `link` as an address that may be followed, else null. A path is one of the server's; the host's pages may stand at
 * another origin than its API, so any page of the web will do, and nothing else that a browser could run or open.
 */
export function serverLink(link: string | null, api: string): string | null {
  if (link === null || !URL.canParse(link, api)) {
    return null;
  }
  const { protocol, href } = new URL(link, api);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
