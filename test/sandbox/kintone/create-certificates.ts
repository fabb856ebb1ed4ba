import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Makes an authority and certificates of a server at localhost and of a client, so that no key lies in a repository. */
export function createCertificates(): {
  readonly authority: string;
  readonly server: KeyAndCertificate;
  readonly client: KeyAndCertificate;
} {
  const authority = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issue = (subject: string): KeyAndCertificate => {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return {
      key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      cert: createCertificate(subject, pair.publicKey, authority.privateKey, localhostOnly()),
    };
  };
  return {
    authority: createCertificate("authority", authority.publicKey, authority.privateKey, mayIssue()),
    server: issue("localhost"),
    client: issue("client"),
  };
}

const ECDSA_WITH_SHA256 = der(0x30, Buffer.from("06082a8648ce3d040302", "hex"));

/** X.509 version 3 in DER: https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function createCertificate(subject: string, key: KeyObject, issuerKey: KeyObject, extension: Buffer): string {
  const content = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1 + subject.length])),
    ECDSA_WITH_SHA256,
    name("authority"),
    der(0x30, der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z"))),
    name(subject),
    key.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, extension)),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", content, issuerKey));
  const base64 = der(0x30, content, ECDSA_WITH_SHA256, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

function name(commonName: string): Buffer {
  const attribute = der(0x30, Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(commonName)));
  return der(0x30, der(0x31, attribute));
}

function mayIssue(): Buffer {
  const isAuthority = der(0x30, der(0x01, Buffer.from([0xff])));
  return der(0x30, Buffer.from("0603551d13", "hex"), der(0x04, isAuthority));
}

function localhostOnly(): Buffer {
  const names = der(0x30, der(0x82, Buffer.from("localhost")));
  return der(0x30, Buffer.from("0603551d11", "hex"), der(0x04, names));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
