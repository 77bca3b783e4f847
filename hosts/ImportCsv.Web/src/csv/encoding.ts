/** The encodings that are distinguished and that a reader may choose. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export type Encoding = (typeof encodings)[number];

/**
 * The encoding of a file by its first bytes: the mark at its beginning, else the zeros of UTF-16, else UTF-8 when it
 * is valid, else Windows-1252. `whole` says that there are no more bytes than these.
 */
export function detectEncoding(bytes: Uint8Array, whole: boolean): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return 'utf-16le';
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return 'utf-16be';
  }
  return zerosOf(bytes) ?? (isUtf8(bytes, whole) ? 'utf-8' : 'windows-1252');
}

/** Whether something in `bytes` is not plain ASCII, so that UTF-8 was recognised and not only not excluded. */
export function hasWideCharacters(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 0x7f);
}

/** In UTF-16 every other byte of Western text is zero; a file with zeros on both sides is no text. */
function zerosOf(bytes: Uint8Array): Encoding | null {
  const pairs = Math.floor(Math.min(bytes.length, 4096) / 2);
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair++) {
    first += bytes[pair * 2] === 0 ? 1 : 0;
    second += bytes[pair * 2 + 1] === 0 ? 1 : 0;
  }
  if (second > pairs * 0.4 && first < pairs * 0.05) {
    return 'utf-16le';
  }
  return first > pairs * 0.4 && second < pairs * 0.05 ? 'utf-16be' : null;
}

function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    // the decoder's way to say no
    return false;
  }
}
