import { scrypt } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { scryptPasswords } from './index.ts';

vi.mock('node:crypto', { spy: true });

const here = { networks: ['192.0.2.1'] };
const cheap = scryptPasswords({ logN: 4, r: 8, p: 1 });

describe('scrypt passwords', () => {
  it('verify the password and no other', async () => {
    const hash = await cheap.hash('correct horse', here);
    expect(await cheap.verify('correct horse', [hash], here)).toEqual([hash]);
    expect(await cheap.verify('Correct horse', [hash], here)).toEqual([]);
    expect(await cheap.verify('', [hash], here)).toEqual([]);
  });

  it('treat Unicode forms that look the same as equal', async () => {
    const hash = await cheap.hash('crème brûlée', here);
    expect(await cheap.verify('cre\u0300me bru\u0302le\u0301e', [hash], here)).toEqual([hash]);
  });

  it('have a different hash each time, which contains its own cost parameters', async () => {
    const [one, other] = await Promise.all([cheap.hash('correct horse', here), cheap.hash('correct horse', here)]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/);
    expect(await scryptPasswords({ logN: 5, r: 8, p: 2 }).verify('correct horse', [one], here)).toEqual([one]);
  });

  it('use the recommended cost by default', async () => {
    expect(await scryptPasswords().hash('correct horse', here)).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  });

  it('are never verified without a hash', async () => {
    expect(await cheap.verify('correct horse', [], here)).toEqual([]);
  });

  it('are replaced only if the present password is right', async () => {
    const hash = await cheap.hash('correct horse', here);
    const change = { password: 'correct horse', present: hash, next: 'battery staple' };
    expect(await cheap.replace({ ...change, password: 'wrong horse' }, here)).toBeUndefined();
    expect(await cheap.replace({ ...change, present: undefined }, here)).toBeUndefined();
    const next = (await cheap.replace(change, here)) ?? '';
    expect(await cheap.verify('battery staple', [next], here)).toEqual([next]);
  });

  describe('of several accounts with one address', () => {
    it('share a salt, and are verified by one computation', async () => {
      const first = await cheap.hash('correct horse', here);
      const second = await cheap.hash('battery staple', here, first);
      const third = await cheap.hash('correct horse', here, second);
      vi.mocked(scrypt).mockClear();
      expect(await cheap.verify('correct horse', [first, second, third], here)).toEqual([first, third]);
      expect(await cheap.verify('battery staple', [first, second, third], here)).toEqual([second]);
      expect(await cheap.verify('wrong', [first, second, third], here)).toEqual([]);
      expect(await cheap.verify('wrong', [], here)).toEqual([]);
      expect(scrypt).toHaveBeenCalledTimes(4);
    });

    it('are all verified if they have different salts or costs', async () => {
      const one = await cheap.hash('correct horse', here);
      const other = await scryptPasswords({ logN: 5, r: 8, p: 1 }).hash('correct horse', here, one);
      const third = await cheap.hash('battery staple', here);
      expect(await cheap.verify('correct horse', [one, other, third], here)).toEqual([one, other]);
      expect(await cheap.verify('battery staple', [one, other, third], here)).toEqual([third]);
    });
  });

  it('throw a RangeError if they are too long', async () => {
    const hash = await cheap.hash('correct horse', here);
    await expect(cheap.verify('\u0301\u0323'.repeat(1000), [hash], here)).rejects.toThrow(RangeError);
    expect(await cheap.verify('correct horse', [hash], here)).toEqual([hash]);
  });
});
