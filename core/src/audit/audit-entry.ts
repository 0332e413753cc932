import * as z from 'zod';
import { AUDIT_ACTIONS } from '../kernel/index.ts';

export const AuditAction = z.enum(AUDIT_ACTIONS);

export const AuditEntry = z.object({
  id: z.string(),
  time: z.string().meta({ format: 'date-time' }),
  action: AuditAction,
  actorId: z.string().nullable().meta({ description: 'Who did it; null for somebody who could not prove it.' }),
  keyId: z.string().nullable().meta({ description: 'The API key that they came with.' }),
  subjectId: z.string().nullable().meta({ description: 'Whom or what it was done to.' }),
  address: z.string().nullable().meta({ description: 'The network address that the request came from.' }),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
