// Issues, then the changes that failed, where there are any.
const markerPattern = /\[kintone-sso-sync (?:[0-9a-f]{16}(?:-[0-9a-f]{16})?|ok)\]\s*$/u;

/** The marker of a comment after which nothing is open on a record. */
export const solvedMarker = "[kintone-sso-sync ok]";

/** The marker at the end of a comment of any writer; undefined for a text without one. */
export function findMarker(commentText: string): string | undefined {
  return markerPattern.exec(commentText)?.[0].trim();
}

/** The marker for what is told: a fingerprint of the issues and one of the failed changes, of 16 hexadecimal digits each. */
export function joinMarker(issues: string, failures: string | undefined): string {
  return `[kintone-sso-sync ${failures === undefined ? issues : `${issues}-${failures}`}]`;
}

/** The same marker with the failed changes of an earlier one. */
export function takeOverFailures(marker: string, earlier: string | undefined): string {
  const failures = /-([0-9a-f]{16})\]$/u.exec(earlier ?? "")?.[1];
  const issues = /^\[kintone-sso-sync ([0-9a-f]{16})/u.exec(marker)?.[1];
  return failures === undefined || issues === undefined ? marker : joinMarker(issues, failures);
}

/** The length that taking over can add. */
export const longestTakeOver = 17;

/**
 * Whether a login name is the service's: what writes with an API token shows as Administrator, and with a password as
 * its user, whom kintone lets sign in in upper or lower case. https://cybozu.dev/ja/kintone/docs/rest-api/records/add-comment/
 */
export function isService(code: string, ownLogin: string | undefined): boolean {
  const login = code.toLowerCase();
  return login === "administrator" || login === ownLogin?.toLowerCase();
}

interface Comment {
  readonly text: string;
  readonly creator?: string;
}

/**
 * The marker of the newest comment that is the service's own: any user can copy one into a comment. Where none is by a
 * login that is known to be the service's, two of one login are believed: should kintone show the service under another
 * name one day, then the author is told twice, and neither in every pass nor never.
 */
export function findLastMarker(
  newestFirst: readonly Comment[],
  ownLogin: string | undefined,
): string | undefined {
  const marked = newestFirst.flatMap(({ text, creator = "" }) => {
    const marker = findMarker(text);
    return marker === undefined ? [] : [{ marker, creator }];
  });
  const own = marked.find(({ creator }) => isService(creator, ownLogin));
  if (own !== undefined || ownLogin !== undefined) return own?.marker;
  return marked.find(({ creator }) => marked.filter((other) => other.creator === creator).length > 1)?.marker;
}
