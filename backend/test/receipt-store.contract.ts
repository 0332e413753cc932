import { type Receipt, type ReceiptStore, ReceiptTakenError } from '@curlew/core/kernel';
import { expect, it } from 'vitest';

export interface ReceiptStoreUnderTest {
  readonly receipts: ReceiptStore;
  /** Saves a change that carries the receipt. */
  save(receipt: Receipt): Promise<void>;
}

/** The contract of every receipt store. */
export function receiptStoreContract(open: () => Promise<ReceiptStoreUnderTest>): void {
  const receipt: Receipt = {
    key: 'org usr POST /tickets k',
    fingerprint: 'abc',
    status: 201,
    headers: { location: '/tickets/1', etag: '"v1-d0"' },
    body: '{"text":"👋"}',
    expiresAt: '2026-01-02T00:00:00.000Z',
  };

  it('returns a saved receipt until it expires, even if it is still stored', async () => {
    const { receipts, save } = await open();
    await save(receipt);
    expect(await receipts.find(receipt.key, '2026-01-01T23:59:59.999Z')).toEqual(receipt);
    expect(await receipts.find(receipt.key, '2026-01-02T00:00:00.000Z')).toBeUndefined();
    expect(await receipts.find('another', '2026-01-01T00:00:00.000Z')).toBeUndefined();
  });

  it('refuses a second receipt with the same key and keeps the first', async () => {
    const { receipts, save } = await open();
    await save(receipt);
    await expect(save({ ...receipt, body: 'another' })).rejects.toBeInstanceOf(ReceiptTakenError);
    expect(await receipts.find(receipt.key, '2026-01-01T00:00:00.000Z')).toEqual(receipt);
  });

  it('accepts a new receipt if the receipt with the same key has expired', async () => {
    const { receipts, save } = await open();
    await save(receipt);
    const later = { ...receipt, fingerprint: 'def', expiresAt: '2026-01-03T00:00:00.000Z' };
    await save(later);
    expect(await receipts.find(receipt.key, '2026-01-02T12:00:00.000Z')).toEqual(later);
  });
}
