/** A file of text, or of bytes. */
export function csvFile(content: string | Uint8Array<ArrayBuffer>, name = 'contacts.csv'): File {
  return new File([content], name, { type: 'text/csv' });
}

/** A file of `size` bytes that exists only where it is read, and counts how much of it was. */
export class EndlessFile {
  readonly name = 'endless.csv';
  bytesRead = 0;
  private readonly text: string;

  constructor(
    readonly size: number,
    text: string,
    private readonly repeat: string,
  ) {
    this.text = text;
  }

  slice(from: number, to: number): Blob {
    const length = Math.min(to, this.size) - from;
    this.bytesRead += length;
    const first = from === 0 ? this.text : '';
    return new Blob([(first + this.repeat.repeat(Math.ceil(length / this.repeat.length))).slice(0, length)]);
  }

  asFile(): File {
    return this as unknown as File;
  }
}

export function bytesOfText(text: string, encoding: 'utf-16le' | 'utf-16be' | 'windows-1252'): Uint8Array<ArrayBuffer> {
  if (encoding === 'windows-1252') {
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  }
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(index * 2, text.charCodeAt(index), encoding === 'utf-16le');
  }
  return bytes;
}
