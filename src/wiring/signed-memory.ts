import { createSignedMemory, type SignedMemory, type SigningSecret } from "../memory/signed-memory.ts";
import type { SigningSecrets } from "../model/config.ts";

/**
 * The form in which the owner's memory is kept, signed with what the service has anyway: each of kintone's credentials,
 * or the keys that are configured for the memory, and then nothing else.
 */
export function signedMemory(owner: string, secrets: SigningSecrets | undefined): SignedMemory {
  return createSignedMemory(owner, secrets === undefined ? [] : signingSecrets(secrets), Date.now);
}

function signingSecrets({ kintone, memoryKeys }: SigningSecrets): readonly SigningSecret[] {
  if (memoryKeys !== undefined) return memoryKeys.map((secret) => ({ kind: "random", secret }));
  if (kintone.kind === "api-token") return kintone.tokens.map((secret) => ({ kind: "random", secret }));
  return [{ kind: "password", username: kintone.username, secret: kintone.password }];
}
