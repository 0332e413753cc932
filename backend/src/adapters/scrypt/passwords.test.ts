import { describe, expect, it } from 'vitest';
import { scryptPasswords } from './index.ts';

const cheap = scryptPasswords({ logN: 4, r: 8, p: 1 });

describe('scrypt passwords', () => {
  it('verify the password and no other', async () => {
    const hash = await cheap.hash('correct horse');
    expect(await cheap.verify('correct horse', hash)).toBe(true);
    expect(await cheap.verify('Correct horse', hash)).toBe(false);
    expect(await cheap.verify('', hash)).toBe(false);
  });

  it('treat Unicode forms that look the same as equal', async () => {
    const hash = await cheap.hash('crème brûlée');
    expect(await cheap.verify('cre\u0300me bru\u0302le\u0301e', hash)).toBe(true);
  });

  it('have a different hash each time, which contains its own cost parameters', async () => {
    const [one, other] = await Promise.all([cheap.hash('correct horse'), cheap.hash('correct horse')]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/);
    expect(await scryptPasswords({ logN: 5, r: 8, p: 2 }).verify('correct horse', one)).toBe(true);
  });

  it('use the recommended cost by default', async () => {
    expect(await scryptPasswords().hash('correct horse')).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  });

  it('are never verified without a hash', async () => {
    expect(await cheap.verify('correct horse', undefined)).toBe(false);
  });

  it('throw busy if too many hashes wait, and work again afterwards', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => cheap.hash('correct horse')));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(60 - 2 - 50);
    expect(refused[0]).toMatchObject({ reason: { code: 'busy' } });
    await cheap.hash('correct horse');
  });

  it('are hashed one at a time per asker, without blocking other askers', async () => {
    const hash = await cheap.hash('correct horse');
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 60 }, () => cheap.verify('wrong', hash, 'joy')),
      cheap.hash('correct horse', 'joy'),
      cheap.verify('correct horse', hash, 'sam'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      ...Array.from({ length: 60 }, () => 'rejected'),
      'fulfilled',
    ]);
    expect(outcomes[1]).toMatchObject({ reason: { code: 'busy' } });
    expect(await cheap.verify('correct horse', hash, 'joy')).toBe(true);
  });

  it('throw a RangeError if they are too long', async () => {
    const hash = await cheap.hash('correct horse');
    await expect(cheap.verify('\u0301\u0323'.repeat(1000), hash)).rejects.toThrow(RangeError);
    expect(await cheap.verify('correct horse', hash)).toBe(true);
  });
});
