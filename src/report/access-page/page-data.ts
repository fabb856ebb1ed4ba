import type { AccessLine, AccessRecord, AccessReport } from "../../model/access-report.ts";
import type { Language } from "../../model/config.ts";
import { type AccessTexts, accessTexts } from "../../words/access-texts.ts";
import { type PageTexts, pageTexts } from "../../words/access-page-texts.ts";
import { targetsTexts } from "../../words/targets-texts.ts";
import { sortNames } from "../plan-view/fold-names.ts";
import type { AccessMark, MarkedAccess } from "../plan-page/marked-access.ts";
import { renderTime } from "../render-time.ts";

/** What the page is made of, each text once; lines point to it. */
export interface PageData {
  readonly texts: PageTexts;
  readonly summary: readonly string[];
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    /** Its organizational units. */
    readonly path: string;
  }[];
  readonly sets: readonly {
    readonly name: string;
    readonly kind: string;
    readonly isAdministrator: boolean;
    readonly why: string;
  }[];
  /** Numbers of sets in the order of the matrix: those that make administrators first. */
  readonly setOrder: readonly number[];
  readonly people: readonly {
    readonly name: string;
    readonly detail: string;
    /** Empty unless something is to be noticed. */
    readonly state: string;
  }[];
  readonly groups: readonly string[];
  readonly sources: readonly string[];
  /** The user who changed a record last. */
  readonly owners: readonly string[];
  readonly records: readonly {
    readonly name: string;
    readonly url: string;
    readonly detail: string;
    /** Number of its owner, or -1. */
    readonly owner: number;
  }[];
  /** Starts, ends and last uses, as people read them. */
  readonly times: readonly string[];
  /** Whether it stands below another page. */
  readonly isBelow: boolean;
  /** What a plan does to access; empty where nothing changes. */
  readonly marks: readonly string[];
  /** Numbers of account, set, person, group it is through, source, records, start, end, last use and mark; -1 where there is none. */
  readonly lines: readonly PageLine[];
}

export type PageLine = readonly [
  account: number,
  set: number,
  person: number,
  group: number,
  source: number,
  records: readonly number[],
  starts: number,
  expires: number,
  lastUse: number,
  mark: number,
];

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

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

const marksInOrder: readonly AccessMark[] = ["added", "removed"];

/** The report as the page takes it; with marks, groups stand as groups and what changes comes first. */
export function pageDataOf(report: AccessReport, reader: Reader, marks?: MarkedAccess["marks"]): PageData {
  const words = accessTexts(reader.language);
  const texts = pageTexts(reader.language);
  const numbers = numberThings(report, reader, marks === undefined ? texts.noPerson : texts.group);
  const { accountOf, setOf, personOf, groupOf, sourceOf, recordOf, timeOf, lastUseOf } = numbers;
  const markOf = (line: AccessLine): number => {
    const mark = marks?.get(accessKey(line));
    return mark === undefined ? -1 : marksInOrder.indexOf(mark);
  };
  const inOrder = report.access.toSorted((a, b) => Number(markOf(b) >= 0) - Number(markOf(a) >= 0));
  const lines = inOrder.map((line): PageLine => [
    accountOf(line),
    setOf(line),
    personOf(line),
    groupOf(line),
    sourceOf(line),
    line.records.map(recordOf),
    timeOf(line.starts),
    timeOf(line.expires),
    lastUseOf(line),
    markOf(line),
  ]);
  const { sets } = numbers.things;
  const changed = new Set(lines.flatMap((line) => (line[9] < 0 ? [] : [line[1]])));
  return {
    texts: marks === undefined ? texts : { ...texts, title: texts.marked },
    isBelow: marks !== undefined,
    marks: marks === undefined ? [] : marksInOrder.map((mark) => texts.marks[mark]),
    summary: summaryOf(report, words, reader.timeZone),
    ...numbers.things,
    setOrder: orderOf(sets, changed),
    lines,
  };
}

type Things = Pick<
  PageData,
  "accounts" | "sets" | "people" | "groups" | "sources" | "owners" | "records" | "times"
>;

/** Gives each thing of the report its number, as the lines come to it. */
function numberThings(report: AccessReport, { language, timeZone }: Reader, groupState: string) {
  const words = accessTexts(language);
  const texts = pageTexts(language);
  const reasons = new Map(report.permissionSets.map(({ name, why }) => [name, why.join(", ")]));
  const accounts = numbering<PageData["accounts"][number]>();
  const sets = numbering<PageData["sets"][number]>();
  const people = numbering<PageData["people"][number]>();
  const [groups, sources, owners, times] = [
    numbering<string>(),
    numbering<string>(),
    numbering<string>(),
    numbering<string>(),
  ];
  const records = numbering<PageData["records"][number]>();
  const things: Things = {
    accounts: accounts.items,
    sets: sets.items,
    people: people.items,
    groups: groups.items,
    sources: sources.items,
    owners: owners.items,
    records: records.items,
    times: times.items,
  };
  return {
    things,
    accountOf: ({ account, accountName, accountState, accountPath = "" }: AccessLine): number =>
      accounts.numberOf(account, () => ({
        id: account,
        name: accountName ?? account,
        state: accountState === "ACTIVE" ? "" : (accountState ?? words.notInOrganization),
        path: accountPath,
      })),
    setOf: (line: AccessLine): number =>
      sets.numberOf(line.permissionSet, () => ({
        name: line.permissionSet,
        kind: words.classes[line.class],
        isAdministrator: line.class === "administrator",
        why: reasons.get(line.permissionSet) ?? "",
      })),
    personOf: ({ user, principal }: AccessLine): number =>
      people.numberOf(user?.id ?? principal.id, () => personItem(user, principal, texts, groupState)),
    groupOf: ({ user, principal }: AccessLine): number =>
      user === undefined || principal.type === "USER"
        ? -1
        : textNumber(groups, principal.name ?? principal.id),
    sourceOf: ({ standing }: AccessLine): number => textNumber(sources, words.standings[standing]),
    recordOf: (record: AccessRecord): number =>
      records.numberOf(record.name, () => ({
        name: record.name,
        url: record.url,
        detail: detailOf(record, language),
        owner: textNumber(owners, record.editor),
      })),
    timeOf: (time: string | undefined): number =>
      time === undefined ? -1 : times.numberOf(time, () => renderTime(Date.parse(time), timeZone)),
    lastUseOf: ({ lastUsed }: AccessLine): number => textNumber(times, lastUsed),
  };
}

function personItem(
  user: AccessLine["user"],
  principal: AccessLine["principal"],
  { noPerson, disabled }: PageTexts,
  groupState: string,
): PageData["people"][number] {
  const nobody = principal.type === "GROUP" ? groupState : noPerson;
  return {
    name: user?.userName ?? principal.name ?? principal.id,
    detail: [user?.displayName, user?.email].filter((part) => part !== undefined).join(" "),
    state: user === undefined ? nobody : user.enabled ? "" : disabled,
  };
}

function textNumber(list: ReturnType<typeof numbering<string>>, text: string | undefined): number {
  return text === undefined || text === "" ? -1 : list.numberOf(`text ${text}`, () => text);
}

function detailOf({ editor, targets }: AccessRecord, language: Language): string {
  const standsFor =
    targets === undefined ? [] : [targetsTexts(language).standsFor(targets.entries, targets.accounts)];
  return [...(editor === undefined ? [] : [editor]), ...standsFor].join(" ");
}

function accessKey({ account, permissionSet, principal }: AccessLine): string {
  return `${permissionSet}/${account}/${principal.type}/${principal.id}`;
}

/** By name, but first what changes, and in each part first what makes administrators. */
function orderOf(sets: PageData["sets"], changed: ReadonlySet<number>): readonly number[] {
  const byName = sortNames(sets.map(({ name }) => name));
  const places = new Map(byName.map((name, place) => [name, place]));
  const rank = ({ name, isAdministrator }: PageData["sets"][number], number: number): number =>
    (places.get(name) ?? 0) +
    (isAdministrator ? 0 : sets.length) +
    (changed.has(number) ? 0 : 2 * sets.length);
  return sets
    .map((set, number) => [rank(set, number), number] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, number]) => number);
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
