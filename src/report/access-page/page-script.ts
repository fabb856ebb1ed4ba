/// <reference lib="dom" />
// What runs in the browser. Each function travels as its own source text, so it may use nothing but the others in
// `pageFunctions` and what a browser has. Texts get into the page as text only.
import type { PageData } from "./page-data.ts";

interface Filters {
  text: string;
  administrators: boolean;
  source: number;
  account: number;
  set: number;
  rows: number;
  lines: number;
}

type Line = PageData["lines"][number];

function element(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function searchTexts(data: PageData): readonly string[] {
  return data.lines.map(([account, set, person, via, , records]) =>
    [
      data.accounts[account]?.id,
      data.accounts[account]?.name,
      data.sets[set]?.name,
      data.people[person]?.name,
      data.people[person]?.detail,
      via,
      ...records.map((record) => `${data.records[record]?.name ?? ""} ${data.records[record]?.detail ?? ""}`),
    ]
      .join("\n")
      .toLowerCase(),
  );
}

function findLines(data: PageData, texts: readonly string[], filters: Filters): readonly Line[] {
  const words = filters.text.toLowerCase().split(/\s+/u);
  return data.lines.filter(
    ([account, set, , , source], index) =>
      (filters.account < 0 || filters.account === account) &&
      (filters.set < 0 || filters.set === set) &&
      (filters.source < 0 || filters.source === source) &&
      (!filters.administrators || data.sets[set]?.isAdministrator === true) &&
      words.every((word) => texts[index]?.includes(word)),
  );
}

function accountName(data: PageData, account: number): string {
  const { name, id } = data.accounts[account] ?? { name: "", id: "" };
  return name === id ? id : `${name} (${id})`;
}

function setOf(data: PageData, set: number): PageData["sets"][number] {
  return data.sets[set] ?? { name: "", kind: "", isAdministrator: false, why: "" };
}

function tableHead(names: readonly string[]): HTMLElement {
  const head = element("thead", "");
  const row = element("tr", "");
  row.append(...names.map((name) => element("th", name, { scope: "col" })));
  head.append(row);
  return head;
}

function moreButton(text: string, rest: number, show: () => void): HTMLElement {
  const button = element("button", text.replace("#", String(rest)), { type: "button" });
  button.addEventListener("click", show);
  return button;
}

function drawCell(
  data: PageData,
  people: number,
  [account, set]: readonly [number, number],
  pick: (account: number, set: number) => void,
): HTMLElement {
  const cell = element("td", "");
  if (people === 0) return cell;
  const { isAdministrator, name, kind } = setOf(data, set);
  const where = data.accounts[account]?.name ?? "";
  const label = `${where}, ${name}: ${people} ${data.texts.cell}`;
  const button = element("button", isAdministrator ? `${people} ★` : String(people), {
    type: "button",
    "aria-label": isAdministrator ? `${label}, ${kind}` : label,
    class: isAdministrator ? "administrator" : "",
  });
  button.addEventListener("click", () => pick(account, set));
  cell.append(button);
  return cell;
}

function drawMatrix(
  data: PageData,
  lines: readonly Line[],
  filters: Filters,
  pick: (account: number, set: number) => void,
): HTMLElement {
  const people = new Map<string, Set<number>>();
  for (const [account, set, person] of lines) {
    const key = `${account}/${set}`;
    people.set(key, (people.get(key) ?? new Set()).add(person));
  }
  const sets = [...new Set(lines.map(([, set]) => set))];
  const byName = (a: number, b: number): number =>
    (data.sets[a]?.name ?? "").localeCompare(data.sets[b]?.name ?? "");
  sets.sort(byName);
  const accounts = [...new Set(lines.map(([account]) => account))];
  const table = element("table", "", { class: "matrix" });
  table.append(element("caption", data.texts.matrix));
  table.append(tableHead([data.texts.account, ...sets.map((set) => data.sets[set]?.name ?? "")]));
  const body = element("tbody", "");
  for (const account of accounts.slice(0, filters.rows)) {
    const row = element("tr", "");
    const state = data.accounts[account]?.state ?? "";
    row.append(element("th", `${accountName(data, account)} ${state}`.trim(), { scope: "row" }));
    row.append(
      ...sets.map((set) => drawCell(data, people.get(`${account}/${set}`)?.size ?? 0, [account, set], pick)),
    );
    body.append(row);
  }
  table.append(body);
  return table;
}

function recordLink(record: PageData["records"][number]): HTMLElement {
  const isWeb = /^https?:\/\//u.test(record.url);
  const title = record.detail === "" ? {} : { title: record.detail };
  return isWeb
    ? element("a", record.name, { href: record.url, rel: "noopener noreferrer", ...title })
    : element("span", record.name, title);
}

function showsLastUse(data: PageData): boolean {
  return data.lines.some((line) => line[6] !== "");
}

function drawLine(data: PageData, line: Line, withLastUse: boolean): HTMLElement {
  const [account, set, person, via, source, records, lastUse] = line;
  const row = element("tr", "");
  const { name, detail, state } = data.people[person] ?? { name: "", detail: "", state: "" };
  const what = setOf(data, set);
  const links = element("td", "");
  for (const record of records.flatMap((number) => data.records[number] ?? [])) {
    links.append(recordLink(record), " ");
  }
  row.append(
    element("th", [name, detail, state].filter((part) => part !== "").join(" · "), { scope: "row" }),
    element("td", via === "" ? data.texts.direct : via),
    element("td", accountName(data, account)),
    element("td", what.name),
    element("td", what.kind, { title: what.why, class: what.isAdministrator ? "administrator" : "" }),
    element("td", data.sources[source] ?? ""),
    links,
    ...(withLastUse ? [element("td", lastUse)] : []),
  );
  return row;
}

function drawList(data: PageData, lines: readonly Line[], filters: Filters): HTMLElement {
  const { texts } = data;
  const table = element("table", "", { class: "list" });
  table.append(element("caption", texts.list));
  const withLastUse = showsLastUse(data);
  table.append(
    tableHead([
      texts.person,
      texts.via,
      texts.account,
      texts.set,
      texts.kind,
      texts.source,
      texts.records,
      ...(withLastUse ? [texts.lastUsed] : []),
    ]),
  );
  const body = element("tbody", "");
  body.append(...lines.slice(0, filters.lines).map((line) => drawLine(data, line, withLastUse)));
  table.append(body);
  return table;
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  const holder = element("label", `${label} `);
  holder.append(control);
  return holder;
}

function choice(options: readonly string[], change: (index: number) => void): HTMLElement {
  const select = document.createElement("select");
  select.append(...options.map((text, index) => element("option", text, { value: String(index) })));
  select.addEventListener("change", () => change(select.selectedIndex));
  return select;
}

function scrollable(name: string, table: HTMLElement): HTMLElement {
  const holder = element("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": name });
  holder.append(table);
  return holder;
}

function drawOutput(
  data: PageData,
  lines: readonly Line[],
  filters: Filters,
  redraw: (change: Partial<Filters>) => void,
): readonly HTMLElement[] {
  const { texts } = data;
  const accounts = new Set(lines.map(([account]) => account)).size;
  const rest = lines.length - filters.lines;
  const pick = (account: number, set: number): void => {
    redraw({ account, set });
    document.querySelector<HTMLElement>("#list")?.focus();
  };
  const more = (count: number, change: Partial<Filters>): HTMLElement[] =>
    count > 0 ? [moreButton(texts.more, count, () => redraw(change))] : [];
  const list = scrollable(texts.list, drawList(data, lines, filters));
  list.id = "list";
  return [
    scrollable(texts.matrix, drawMatrix(data, lines, filters, pick)),
    ...more(accounts - filters.rows, { rows: accounts }),
    ...(filters.account < 0 ? [] : [moreButton(texts.reset, 0, () => redraw({ account: -1, set: -1 }))]),
    list,
    ...more(rest, { lines: lines.length }),
  ];
}

function drawControls(data: PageData, redraw: (change: Partial<Filters>) => void): HTMLElement {
  const { texts } = data;
  const search = document.createElement("input");
  search.type = "search";
  search.addEventListener("input", () => redraw({ text: search.value.trim(), lines: 100, rows: 30 }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || document.activeElement === search) return;
    event.preventDefault();
    search.focus();
  });
  const controls = element("form", "", { role: "search" });
  controls.addEventListener("submit", (event) => event.preventDefault());
  const classes = choice([texts.allClasses, texts.administrators], (index) =>
    redraw({ administrators: index === 1 }),
  );
  const sources = choice([texts.allSources, ...data.sources], (index) => redraw({ source: index - 1 }));
  const accounts = choice(
    [texts.allAccounts, ...data.accounts.map((_, index) => accountName(data, index))],
    (index) => redraw({ account: index - 1, set: -1 }),
  );
  accounts.id = "account";
  controls.append(
    labelled(texts.search, search),
    labelled(texts.account, accounts),
    labelled(texts.kind, classes),
    labelled(texts.source, sources),
  );
  return controls;
}

function startPage(): void {
  const data = JSON.parse(document.querySelector("#data")?.textContent ?? "{}") as PageData;
  const { texts } = data;
  const found = searchTexts(data);
  const filters: Filters = {
    text: "",
    administrators: false,
    source: -1,
    account: -1,
    set: -1,
    rows: 30,
    lines: 100,
  };
  const status = element("p", "", { role: "status" });
  const output = element("div", "");
  const redraw = (change: Partial<Filters>): void => {
    Object.assign(filters, change);
    const lines = findLines(data, found, filters);
    const accounts = document.querySelector<HTMLSelectElement>("#account");
    if (accounts !== null) accounts.selectedIndex = filters.account + 1;
    status.textContent = texts.found.replace("#", lines.length.toLocaleString());
    output.replaceChildren(...drawOutput(data, lines, filters, redraw));
  };
  const summary = data.summary.map((text) => element("p", text));
  document
    .querySelector("main")
    ?.append(element("h1", texts.title), ...summary, drawControls(data, redraw), status, output);
  redraw({});
}

/** What the page's script is made of; the last one starts it. */
export const pageFunctions = [
  element,
  searchTexts,
  findLines,
  accountName,
  setOf,
  tableHead,
  moreButton,
  drawCell,
  drawMatrix,
  recordLink,
  showsLastUse,
  drawLine,
  drawList,
  labelled,
  choice,
  scrollable,
  drawOutput,
  drawControls,
  startPage,
] as const;
