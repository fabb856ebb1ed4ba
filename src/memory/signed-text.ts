/** One JSON document whose first field holds the signatures of everything after it. */
export interface SignedText {
  readonly macs: readonly Uint8Array[];
  /** The JSON that is signed. */
  readonly body: Uint8Array;
  /** JSON of one object without objects in it, which no signature covers. */
  readonly unproven?: string | undefined;
}

/** At most nine tokens or five keys sign a memory; more signatures are not ours. */
const head = /^\{"macs":\[((?:"[0-9a-f]{64}",?){0,16})\],(?:"unproven":(\{[^{}]{0,4000}\}),)?/u;
const longestHead = 8_192;

/** The parts of a text that joinSignedText has made; undefined for another one. */
export function splitSignedText(content: Uint8Array): SignedText | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const beginning = bytes.subarray(0, longestHead).toString("latin1");
  const [whole, list = "", unproven] = head.exec(beginning) ?? [];
  if (whole === undefined) return undefined;
  const macs = [...list.matchAll(/[0-9a-f]{64}/gu)].map(([hex]) => Buffer.from(hex, "hex"));
  return { macs, body: Buffer.concat([Buffer.from("{"), bytes.subarray(whole.length)]), unproven };
}

/** The document: the signatures, and then the fields of the body. */
export function joinSignedText({ macs, body, unproven }: SignedText): string {
  const signatures = JSON.stringify(macs.map((mac) => Buffer.from(mac).toString("hex")));
  const message = unproven === undefined ? "" : `"unproven":${unproven},`;
  return `{"macs":${signatures},${message}${Buffer.from(body).toString("utf8").slice(1)}`;
}
