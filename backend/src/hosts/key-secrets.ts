import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeySecrets } from '@curlew/core/api-key';

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
// Lists of keys show this many characters of the secret. The hidden characters still have 166 bits.
const SHOWN_LENGTH = 4;
// The parts after the organization have a fixed length, because organization ids may contain underscores too.
const KEY = /^(clw_(\w{1,64})_([0-9a-z]{26})_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/**
 * API keys of the form `clw_<organization>_<id>_<secret><checksum>`. People and secret scanners recognise the prefix,
 * and the checksum distinguishes a key from text that only looks like a key ("Behind GitHub's new authentication token
 * formats", GitHub blog, 5 April 2021).
 */
export const keySecrets: KeySecrets = {
  make(organizationId, keyId) {
    const before = `clw_${organizationId}_${keyId.slice('key_'.length)}_`;
    const body = before + Array.from({ length: SECRET_LENGTH }, () => BASE_62.charAt(randomInt(62))).join('');
    return { text: body + checksum(body), start: body.slice(0, before.length + SHOWN_LENGTH) };
  },
  parse(text) {
    const [, body = '', organizationId = '', id, sum] = KEY.exec(text) ?? [];
    return id !== undefined && checksum(body) === sum ? { organizationId, keyId: `key_${id}` } : undefined;
  },
  digest: (text) => hash('sha256', text),
};

function checksum(text: string): string {
  let digits = '';
  for (let rest = crc32(text), i = 0; i < CHECKSUM_LENGTH; i++) {
    digits = BASE_62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
