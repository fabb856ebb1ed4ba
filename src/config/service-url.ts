/** The URL when the text is an absolute http or https URL. */
export function readServiceUrl(text: string): URL | undefined {
  if (!/^\s*https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
}

/** The URL that was meant when the text is a tenant's domain without a scheme. */
export function suggestTenantUrl(text: string): string | undefined {
  // Quoting only what is surely a domain keeps a misplaced token out of the message.
  const domain = /^[a-z0-9-]+(?:\.s)?\.(?:cybozu\.com|kintone\.com|cybozu\.cn)(?=\/|$)/i.exec(
    text.trim(),
  )?.[0];
  return domain === undefined ? undefined : `https://${domain}`;
}
