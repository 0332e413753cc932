import { inflateRawSync } from 'node:zlib';

// Byte offsets in the zip format. Only the features of our own zips are supported: deflated or stored entries, no
// comment at the end, no zip64.
const END = { signature: 0x06054b50, bytes: 22, entries: 10, directory: 16 };
const ENTRY = { bytes: 46, method: 10, packed: 20, name: 28, extra: 30, comment: 32, offset: 42 };
const LOCAL = { bytes: 30, name: 26, extra: 28 };

/** The files of a zip that `zipFolder` made, by name. */
export function readZip(zip: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = bytes.length - END.bytes;
  if (end < 0 || bytes.readUInt32LE(end) !== END.signature) throw new Error('This is no zip, or not one of ours.');
  const files = new Map<string, Uint8Array>();
  let at = bytes.readUInt32LE(end + END.directory);
  for (let left = bytes.readUInt16LE(end + END.entries); left > 0; left -= 1) {
    const nameEnd = at + ENTRY.bytes + bytes.readUInt16LE(at + ENTRY.name);
    const name = bytes.toString('utf8', at + ENTRY.bytes, nameEnd);
    const local = bytes.readUInt32LE(at + ENTRY.offset);
    const start =
      local + LOCAL.bytes + bytes.readUInt16LE(local + LOCAL.name) + bytes.readUInt16LE(local + LOCAL.extra);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + ENTRY.packed));
    files.set(name, bytes.readUInt16LE(at + ENTRY.method) === 0 ? packed : inflateRawSync(packed));
    at = nameEnd + bytes.readUInt16LE(at + ENTRY.extra) + bytes.readUInt16LE(at + ENTRY.comment);
  }
  return files;
}
