import * as z from "zod";

import type { RememberedGate } from "../model/gate.ts";
import type { RememberedClass } from "../model/judged-class.ts";
import type { RememberedEnd } from "../model/memory.ts";
import { permissionSetName } from "../model/ids.ts";
import type { PermissionSetDraft } from "../model/typed-record.ts";

const natural = z.int().min(0).max(2_147_483_647);
const time = z.iso.datetime();

/** What memory keeps of the end that one record gives. */
export const rememberedEnd: z.ZodType<RememberedEnd> = z.object({
  expires: time,
  since: time,
  by: z.string().exactOptional(),
  assignments: natural,
  grantedAt: time.exactOptional(),
});

/** What memory keeps of the class of one record's set. */
export const rememberedClass: z.ZodType<RememberedClass> = z.object({
  revision: natural,
  policies: z.string(),
  class: z.enum(["administrator", "runs-as-other-roles", "ordinary"]),
  writesIam: z.literal(true).exactOptional(),
});

const entriesOf = <Entry>(entry: z.ZodType<Entry>) =>
  z.array(z.union([z.strictObject({ whole: entry, parts: z.array(entry) }), entry]));

const customerManaged = z.object({ name: z.string(), path: z.string() });

const draft: z.ZodType<PermissionSetDraft> = z.object({
  name: z.string().transform(permissionSetName),
  description: z.string().exactOptional(),
  sessionDurationSeconds: z.int().min(0).max(100_000),
  relayState: z.string().exactOptional(),
  managedPolicies: entriesOf(z.string()),
  customerManagedPolicies: entriesOf(customerManaged),
  permissionsBoundary: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("aws-managed"), policy: z.string() }),
      customerManaged.extend({ kind: z.literal("customer-managed") }),
    ])
    .exactOptional(),
  inlinePolicy: z.string().exactOptional(),
});

/** What memory keeps of one record's approval. */
export const rememberedGate: z.ZodType<RememberedGate> = z.object({
  revision: natural,
  content: z.string(),
  standing: z.enum(["approved", "pending", "ended"]),
  inApproved: z.boolean(),
  since: time,
  editor: z.string().exactOptional(),
  approved: z.string().exactOptional(),
  draft: draft.exactOptional(),
});
