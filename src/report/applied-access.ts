import type { Language } from "../model/config.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey } from "../model/record.ts";
import { authorTexts } from "../words/author-texts.ts";
import { indexNames } from "./names.ts";
import { solvedMarker } from "../tell/notice-markers.ts";
import { plain } from "../tell/record-notices.ts";
import { portalLink } from "./portal-links.ts";

/** An account and set that became usable, with the link that opens them. */
export interface AppliedAccess {
  readonly account: string;
  readonly permissionSet: string;
  readonly url: string;
}

/** By record key, what became usable in this pass: each account and set once, however many people got it. */
export function listAppliedAccess(pass: Pass, portal: string): ReadonlyMap<string, readonly AppliedAccess[]> {
  const names = indexNames(pass.actual.directory);
  const byRecord = new Map<string, Map<string, AppliedAccess>>();
  for (const { status, change } of pass.outcomes) {
    if (status !== "applied" || change.kind !== "assign") continue;
    const { account, permissionSet } = change.target;
    const access: AppliedAccess = {
      account: `${plain(names.account(account) ?? account, "")} (${account})`,
      permissionSet,
      url: portalLink(portal, account, permissionSet),
    };
    for (const record of change.records) {
      const ofRecord = byRecord.get(recordKey(record)) ?? new Map<string, AppliedAccess>();
      byRecord.set(recordKey(record), ofRecord.set(`${account}/${permissionSet}`, access));
    }
  }
  return new Map([...byRecord].map(([key, ofRecord]) => [key, [...ofRecord.values()]]));
}

const mostLinks = 50;

/** What there is to tell of a record that is in order. */
export interface GoodNews {
  readonly solved: boolean;
  readonly access: readonly AppliedAccess[];
  /** What is said of its end. */
  readonly end?: string | undefined;
}

/** A short comment: that earlier problems are solved, that access is there and until when, or that it has ended. */
export function renderGoodNews({ solved, access, end }: GoodNews, language: Language): string {
  const texts = authorTexts(language);
  const links = access
    .slice(0, mostLinks)
    .map(({ account, permissionSet, url }) => `${permissionSet} × ${account}\n　${url}`);
  const more = access.length > mostLinks ? [texts.moreLinks(access.length - mostLinks)] : [];
  return [
    ...(solved ? [texts.solved] : []),
    ...(access.length > 0 ? [texts.usable, ...links, ...more] : []),
    ...(end === undefined ? [] : [end]),
    solvedMarker,
  ].join("\n");
}
