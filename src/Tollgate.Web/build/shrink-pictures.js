// Rewrites the reference pictures with a palette: a third of the bytes, and no difference that the comparison sees.
// Run by `npm run pictures` of either package, in its folder, after the pictures themselves were made anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';

const root = 'pictures';
const mostColours = 256;

for (const name of readdirSync(root, { recursive: true }).filter((one) => one.endsWith('.png'))) {
  const file = join(root, name);
  const before = readFileSync(file);
  const paletteType = 3;
  if (before[25] !== paletteType) {
    writeFileSync(file, shrink(PNG.sync.read(before)));
  }
}

function shrink({ width, height, data }) {
  const pixel = (at) => (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2];
  const pixels = new Uint32Array(width * height).map((_, at) => pixel(at));
  const palette = commonest(pixels);
  const index = new Map(palette.map((colour, at) => [colour, at]));
  const rows = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, at) => {
    if (!index.has(colour)) {
      index.set(colour, nearest(palette, colour));
    }
    rows[at + Math.floor(at / width) + 1] = index.get(colour);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap(channels));
  const parts = [chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 }))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts, chunk('IEND', Buffer.alloc(0))]);
}

/** The colours that most of the picture is made of. */
function commonest(pixels) {
  const counts = new Map();
  pixels.forEach((colour) => counts.set(colour, (counts.get(colour) ?? 0) + 1));
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted.slice(0, mostColours).map(([colour]) => colour);
}

function nearest(palette, colour) {
  const wanted = channels(colour);
  const distances = palette.map((one) => channels(one).reduce((sum, value, at) => sum + (value - wanted[at]) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
}

function channels(colour) {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
