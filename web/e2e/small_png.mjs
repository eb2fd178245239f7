// A screenshot made small: its commonest colours as a palette, what differs from them taken as the nearest.
import { crc32 as known_crc32, deflateSync, inflateSync } from "node:zlib";

const MARK = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const TABLE = Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});
const crc32 = known_crc32 ?? ((data) => (data.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0);

function chunks_of(file) {
  const found = [];
  for (let at = MARK.length; at < file.length; ) {
    const length = file.readUInt32BE(at);
    found.push({ kind: file.toString("latin1", at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return found;
}

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Rows of bytes, without the filters of the format. */
function unfiltered(raw, width, height, step) {
  const line = width * step;
  const out = Buffer.alloc(line * height);
  for (let row = 0; row < height; ++row) {
    const kind = raw[row * (line + 1)];
    for (let at = 0; at < line; ++at) {
      const left = at >= step ? out[row * line + at - step] : 0;
      const up = row > 0 ? out[(row - 1) * line + at] : 0;
      const corner = row > 0 && at >= step ? out[(row - 1) * line + at - step] : 0;
      const more = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind];
      out[row * line + at] = raw[row * (line + 1) + 1 + at] + more;
    }
  }
  return out;
}

function colours_of(file) {
  const chunks = chunks_of(file);
  const head = chunks[0].data;
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  if (depth !== 8 || (kind !== 2 && kind !== 6)) throw new Error(`a screenshot of another kind: ${depth}, ${kind}`);
  const step = kind === 2 ? 3 : 4;
  const bytes = unfiltered(inflateSync(Buffer.concat(chunks.filter((each) => each.kind === "IDAT").map((each) => each.data))), width, height, step);
  const dots = new Uint32Array(width * height);
  for (let at = 0; at < dots.length; ++at) dots[at] = (bytes[at * step] << 16) | (bytes[at * step + 1] << 8) | bytes[at * step + 2];
  return { width, height, dots };
}

const far = (one, other) => ((one >> 16) - (other >> 16)) ** 2 + (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 + ((one & 255) - (other & 255)) ** 2;

/** The commonest colours, none of them next to a commoner one. */
function palette_of(counts, most) {
  const palette = [];
  for (const [colour] of [...counts].sort((one, other) => other[1] - one[1])) {
    if (palette.length === most) break;
    if (palette.every((each) => far(each, colour) > 60)) palette.push(colour);
  }
  return palette;
}

export function small_png(file, most = 48) {
  const { width, height, dots } = colours_of(file);
  const counts = new Map();
  for (const dot of dots) counts.set(dot, (counts.get(dot) ?? 0) + 1);
  const palette = palette_of(counts, most);
  const nearest = new Map([...counts.keys()].map((colour) => [colour, palette.reduce((best, each, at) => (far(each, colour) < far(palette[best], colour) ? at : best), 0)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; ++row) for (let at = 0; at < width; ++at) rows[row * (width + 1) + 1 + at] = nearest.get(dots[row * width + at]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([MARK, chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
