import { expect, it } from 'vitest';
import { newId } from '../../test/context.ts';
import { keySecrets } from './key-secrets.ts';

it.each(['default', newId('org'), 'org_with_more_underscores'])(
  'a key contains the id of its organization %s and its own id',
  (id) => {
    const keyId = newId('key');
    const { text, start } = keySecrets.make(id, keyId);
    expect(text).toMatch(new RegExp(`^clw_${id}_${keyId.slice(4)}_[0-9A-Za-z]{38}$`));
    expect(start).toBe(text.slice(0, -34));
    expect(keySecrets.parse(text)).toEqual({ organizationId: id, keyId });
  },
);

it('every key has another random part, even with the same id', () => {
  const keyId = newId('key');
  const secrets = Array.from({ length: 1000 }, () => keySecrets.make('default', keyId).text.slice(-38, -6));
  expect(new Set(secrets).size).toBe(1000);
  expect(new Set(secrets.join('')).size).toBe(62);
});

it('a key with one wrong character is invalid', () => {
  const { text } = keySecrets.make('default', newId('key'));
  for (let i = 0; i < text.length; i++) {
    const other = text.charAt(i) === 'a' ? 'b' : 'a';
    expect(keySecrets.parse(text.slice(0, i) + other + text.slice(i + 1))).toBeUndefined();
  }
  for (const wrong of ['', 'clw_', text.slice(1), text.slice(0, -1), `${text}0`, ` ${text}`]) {
    expect(keySecrets.parse(wrong)).toBeUndefined();
  }
});

it('the digest is SHA-256 in hexadecimal', () => {
  expect(keySecrets.digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
