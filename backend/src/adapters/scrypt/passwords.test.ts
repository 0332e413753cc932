import { describe, expect, it } from 'vitest';
import { scryptPasswords } from './index.ts';

const here = { networks: ['192.0.2.1'] };
const cheap = scryptPasswords({ logN: 4, r: 8, p: 1 });

describe('scrypt passwords', () => {
  it('verify the password and no other', async () => {
    const hash = await cheap.hash('correct horse', here);
    expect(await cheap.verify('correct horse', hash, here)).toBe(true);
    expect(await cheap.verify('Correct horse', hash, here)).toBe(false);
    expect(await cheap.verify('', hash, here)).toBe(false);
  });

  it('treat Unicode forms that look the same as equal', async () => {
    const hash = await cheap.hash('crème brûlée', here);
    expect(await cheap.verify('cre\u0300me bru\u0302le\u0301e', hash, here)).toBe(true);
  });

  it('have a different hash each time, which contains its own cost parameters', async () => {
    const [one, other] = await Promise.all([cheap.hash('correct horse', here), cheap.hash('correct horse', here)]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/);
    expect(await scryptPasswords({ logN: 5, r: 8, p: 2 }).verify('correct horse', one, here)).toBe(true);
  });

  it('use the recommended cost by default', async () => {
    expect(await scryptPasswords().hash('correct horse', here)).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  });

  it('are never verified without a hash', async () => {
    expect(await cheap.verify('correct horse', undefined, here)).toBe(false);
  });

  it('are replaced only if the present password is right', async () => {
    const hash = await cheap.hash('correct horse', here);
    expect(await cheap.replace('wrong horse', hash, 'battery staple', here)).toBeUndefined();
    expect(await cheap.replace('correct horse', undefined, 'battery staple', here)).toBeUndefined();
    const next = await cheap.replace('correct horse', hash, 'battery staple', here);
    expect(await cheap.verify('battery staple', next, here)).toBe(true);
  });

  it('throw a RangeError if they are too long', async () => {
    const hash = await cheap.hash('correct horse', here);
    await expect(cheap.verify('\u0301\u0323'.repeat(1000), hash, here)).rejects.toThrow(RangeError);
    expect(await cheap.verify('correct horse', hash, here)).toBe(true);
  });
});
