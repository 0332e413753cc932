import * as z from 'zod';
import { AUDIT_ACTIONS } from '../kernel/index.ts';

export const AuditAction = z.enum(AUDIT_ACTIONS);

export const AuditEntry = z.object({
  id: z.string(),
  time: z.string().meta({ format: 'date-time' }),
  action: AuditAction,
  actorId: z.string().nullable(),
  keyId: z.string().nullable(),
  subjectId: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
