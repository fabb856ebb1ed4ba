/** A quoted string of Terraform's language in which nothing is a template. https://developer.hashicorp.com/terraform/language/expressions/strings */
export function hclString(text: string): string {
  const escaped = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', String.raw`\"`)
    .replaceAll(/[$%](?=\{)/gu, (sign) => sign + sign);
  return `"${escaped}"`;
}

/** Comment lines; whatever would end a line is dropped from within one. */
export function hclComment(text: string): string {
  return text
    .split("\n")
    .map((line) => `# ${line.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")}`.trimEnd())
    .join("\n");
}

const digestLength = 8;
const readableLength = 60;

/** The name of a block: what can be read of the text, and as much of a digest as keeps it unique. */
export function hclLabel(readable: string, digest: string): string {
  const words = readable
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "_")
    .slice(0, readableLength)
    .replaceAll(/^_+|_+$/gu, "");
  const start = /^[a-z]/u.test(words) ? words : `x_${words}`;
  return `${start}_${digest.slice(0, digestLength)}`;
}
