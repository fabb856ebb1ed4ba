import type { AccessReport } from "../../model/access-report.ts";
import type { Language } from "../../model/config.ts";
import { type AccessTexts, accessTexts } from "../../words/access-texts.ts";
import { type PageTexts, pageTexts } from "../../words/access-page-texts.ts";
import { renderTime } from "../render-time.ts";

/** What the page is made of, each text once; lines point to it. */
export interface PageData {
  readonly texts: PageTexts;
  readonly summary: readonly string[];
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  readonly sets: readonly {
    readonly name: string;
    readonly kind: string;
    readonly isAdministrator: boolean;
    readonly why: string;
  }[];
  readonly people: readonly {
    readonly name: string;
    readonly detail: string;
    /** Empty unless something is to be noticed. */
    readonly state: string;
  }[];
  readonly sources: readonly string[];
  readonly records: readonly { readonly name: string; readonly url: string; readonly detail: string }[];
  /** Account, set, person, the group it is through or an empty text, source, records, and the last use or an empty text. */
  readonly lines: readonly (readonly [number, number, number, string, number, readonly number[], string])[];
}

/** Numbers things in the order they come, each once. */
function numbering<Item>(): {
  readonly items: Item[];
  readonly numberOf: (key: string, item: () => Item) => number;
} {
  const items: Item[] = [];
  const known = new Map<string, number>();
  return {
    items,
    numberOf(key, item) {
      const number = known.get(key) ?? items.push(item()) - 1;
      known.set(key, number);
      return number;
    },
  };
}

/** The report as the page takes it. */
export function pageDataOf(
  report: AccessReport,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): PageData {
  const words = accessTexts(language);
  const texts = pageTexts(language);
  const reasons = new Map(report.permissionSets.map(({ name, why }) => [name, why.join(", ")]));
  const accounts = numbering<PageData["accounts"][number]>();
  const sets = numbering<PageData["sets"][number]>();
  const people = numbering<PageData["people"][number]>();
  const sources = numbering<string>();
  const records = numbering<PageData["records"][number]>();
  const lines = report.access.map((line): PageData["lines"][number] => {
    const {
      account,
      accountName,
      accountState,
      permissionSet,
      user,
      principal,
      standing,
      lastUsed = "",
    } = line;
    const through = principal.type === "GROUP" ? (principal.name ?? principal.id) : "";
    return [
      accounts.numberOf(account, () => ({
        id: account,
        name: accountName ?? account,
        state: accountState === "ACTIVE" ? "" : (accountState ?? words.notInOrganization),
      })),
      sets.numberOf(permissionSet, () => ({
        name: permissionSet,
        kind: words.classes[line.class],
        isAdministrator: line.class === "administrator",
        why: reasons.get(permissionSet) ?? "",
      })),
      people.numberOf(user?.id ?? principal.id, () => ({
        name: user?.userName ?? principal.name ?? principal.id,
        detail: [user?.displayName, user?.email].filter((part) => part !== undefined).join(" "),
        state: user === undefined ? texts.noPerson : user.enabled ? "" : texts.disabled,
      })),
      user === undefined ? "" : through,
      sources.numberOf(standing, () => words.standings[standing]),
      line.records.map(({ name, url, editor = "" }) =>
        records.numberOf(name, () => ({ name, url, detail: editor })),
      ),
      lastUsed,
    ];
  });
  return {
    texts,
    summary: summaryOf(report, words, timeZone),
    accounts: accounts.items,
    sets: sets.items,
    people: people.items,
    sources: sources.items,
    records: records.items,
    lines,
  };
}

/** How much it is, of when and of what, and what it does not hold. */
function summaryOf(report: AccessReport, words: AccessTexts, timeZone: string): readonly string[] {
  return [
    words.headline(report.counts),
    words.asOf(renderTime(Date.parse(report.asOf), timeZone), report.instanceArn, report.owner),
    words.complete(report.hash),
    words.accountAccessManager,
  ];
}
