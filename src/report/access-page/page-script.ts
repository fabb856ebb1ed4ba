/// <reference lib="dom" />
// What runs in the browser. Each function travels as its own source text, so it may use nothing but the others in
// `pageFunctions` and what a browser has. Texts get into the page as text only. No more is drawn than a person looks at:
// the rest is behind buttons, and on paper.
import type { PageData, PageLine } from "./page-data.ts";
import type { AccessSearch, Filters, Tally } from "./page-search.ts";

declare const tools: AccessSearch;

function element(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function tableHead(names: readonly string[]): HTMLElement {
  const head = element("thead", "");
  const row = element("tr", "");
  row.append(...names.map((name) => element("th", name, { scope: "col" })));
  head.append(row);
  return head;
}

function button(text: string, press: () => void): HTMLElement {
  const made = element("button", text, { type: "button" });
  made.addEventListener("click", press);
  return made;
}

function drawCell(
  data: PageData,
  counts: Tally,
  [account, set]: readonly [number, number],
  pick: (account: number, set: number) => void,
): HTMLElement {
  const cell = element("td", "");
  const people = counts.people(account, set);
  const marks = counts.marks(account, set);
  if (people === 0 && marks === "") return cell;
  const { isAdministrator, name, kind } = tools.setOf(data, set);
  const where = data.accounts[account]?.name ?? "";
  const label = `${where}, ${name}: ${people} ${data.texts.cell}${marks}`;
  const made = element("button", `${people}${marks}${isAdministrator ? " ★" : ""}`, {
    type: "button",
    "aria-label": isAdministrator ? `${label}, ${kind}` : label,
    class: [isAdministrator ? "administrator" : "", marks === "" ? "" : "changed"].join(" ").trim(),
  });
  made.addEventListener("click", () => pick(account, set));
  cell.append(made);
  return cell;
}

function drawMatrix(
  data: PageData,
  counts: Tally,
  pick: (account: number, set: number) => void,
): HTMLElement {
  const table = element("table", "", { class: "matrix" });
  table.append(element("caption", data.texts.matrix));
  table.append(tableHead([data.texts.account, ...counts.sets.map((set) => tools.setOf(data, set).name)]));
  const body = element("tbody", "");
  for (const account of counts.accounts) {
    const row = element("tr", "");
    const { state = "", path = "" } = data.accounts[account] ?? {};
    const text = `${tools.accountName(data, account)} ${state}`.trim();
    row.append(element("th", text, path === "" ? { scope: "row" } : { scope: "row", title: path }));
    row.append(...counts.sets.map((set) => drawCell(data, counts, [account, set], pick)));
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

function drawLine(data: PageData, line: PageLine, columns: readonly (6 | 7 | 8)[]): HTMLElement {
  const [account, set, person, group, source, records] = line;
  const row = element("tr", "");
  const { name, detail, state } = data.people[person] ?? { name: "", detail: "", state: "" };
  const what = tools.setOf(data, set);
  const links = element("td", "");
  for (const record of records.flatMap((number) => data.records[number] ?? [])) {
    links.append(recordLink(record), " ");
  }
  row.append(
    element("th", [name, detail, state].filter((part) => part !== "").join(" · "), { scope: "row" }),
    element("td", data.groups[group] ?? data.texts.direct),
    element("td", tools.accountName(data, account)),
    element("td", what.name),
    element("td", what.kind, { title: what.why, class: what.isAdministrator ? "administrator" : "" }),
    element("td", data.sources[source] ?? ""),
    links,
    ...columns.map((column) => element("td", data.times[line[column]] ?? "")),
    ...(data.marks.length === 0 ? [] : [element("td", data.marks[line[9]] ?? "", { class: "changed" })]),
  );
  return row;
}

function drawList(data: PageData, lines: readonly PageLine[], caption: string): HTMLElement {
  const { texts } = data;
  const table = element("table", "", { class: "list" });
  table.append(element("caption", caption));
  const columns = tools.columnsOf(data);
  const times = { 6: texts.starts, 7: texts.expires, 8: texts.lastUsed };
  table.append(
    tableHead([
      texts.person,
      texts.via,
      texts.account,
      texts.set,
      texts.kind,
      texts.source,
      texts.records,
      ...columns.map((column) => times[column]),
      ...(data.marks.length === 0 ? [] : [texts.change]),
    ]),
  );
  const body = element("tbody", "");
  body.append(...lines.map((line) => drawLine(data, line, columns)));
  table.append(body);
  return table;
}

function labelled(label: string, control: HTMLElement): HTMLElement {
  const holder = element("label", `${label} `);
  holder.append(control);
  return holder;
}

function choice(options: readonly string[], change: (index: number) => void): HTMLSelectElement {
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
  lines: readonly PageLine[],
  filters: Filters,
  redraw: (change: Partial<Filters>) => void,
): readonly HTMLElement[] {
  const { texts } = data;
  const counts = tools.tally(data, lines);
  const { accounts, sets } = counts;
  const pick = (account: number, set: number): void => {
    redraw({ account, set });
    document.querySelector<HTMLElement>("#list")?.focus();
  };
  const more = (text: string, count: number, change: Partial<Filters>): HTMLElement[] =>
    count > 0 ? [button(tools.numbered(text, count), () => redraw(change))] : [];
  const shown = {
    ...counts,
    accounts: accounts.slice(0, filters.rows),
    sets: sets.slice(0, filters.columns),
  };
  const list = scrollable(texts.list, drawList(data, lines.slice(0, filters.lines), texts.list));
  list.id = "list";
  return [
    scrollable(texts.matrix, drawMatrix(data, shown, pick)),
    ...more(texts.moreAccounts, accounts.length - filters.rows, { rows: accounts.length }),
    ...more(texts.moreSets, sets.length - filters.columns, { columns: sets.length }),
    ...(filters.account < 0 && filters.set < 0
      ? []
      : [button(texts.reset, () => redraw({ account: -1, set: -1 }))]),
    list,
    ...more(texts.moreLines, lines.length - filters.lines, { lines: lines.length }),
  ];
}

/** On paper nothing is behind a button: all that is found, the matrix as wide as a page each, or a sheet for each account or owner. */
function drawPaper(data: PageData, lines: readonly PageLine[], sheets: number): readonly HTMLElement[] {
  const { texts } = data;
  const pageWidth = 8;
  if (sheets === 0) {
    const counts = tools.tally(data, lines);
    const parts = counts.sets.flatMap((_, index) => (index % pageWidth === 0 ? [index] : []));
    return [
      ...parts.map((start) => {
        const sets = counts.sets.slice(start, start + pageWidth);
        const accounts = counts.accounts.filter((one) =>
          sets.some((set) => counts.people(one, set) > 0 || counts.marks(one, set) !== ""),
        );
        return drawMatrix(data, { ...counts, sets, accounts }, () => undefined);
      }),
      drawList(data, lines, texts.list),
    ];
  }
  return [...tools.sheetsOf(data, lines, sheets === 1)].map(([name, own]) => {
    const sheet = element("section", "", { class: "sheet" });
    sheet.append(element("h2", name), drawList(data, own, `${texts.list}: ${name}`));
    return sheet;
  });
}

function drawControls(
  data: PageData,
  redraw: (change: Partial<Filters>) => void,
  print: (sheets: number) => void,
): HTMLElement {
  const { texts } = data;
  const search = document.createElement("input");
  search.type = "search";
  const from = { lines: 50, rows: 20, columns: 12 };
  search.addEventListener("input", () => redraw({ text: search.value.trim(), ...from }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || document.activeElement === search) return;
    event.preventDefault();
    search.focus();
  });
  const controls = element("form", "", { role: "search" });
  controls.addEventListener("submit", (event) => event.preventDefault());
  const classes = choice([texts.all, texts.administrators], (index) =>
    redraw({ administrators: index === 1 }),
  );
  const sources = choice([texts.all, ...data.sources], (index) => redraw({ source: index - 1 }));
  const owners = choice([texts.all, ...data.owners], (index) => redraw({ owner: index - 1 }));
  const accounts = choice(
    [texts.all, ...data.accounts.map((_, index) => tools.accountName(data, index))],
    (index) => redraw({ account: index - 1, set: -1 }),
  );
  accounts.id = "account";
  const changes = choice([texts.all, texts.onlyChanges], (index) => redraw({ changes: index === 1 }));
  const sheets = choice([texts.onePaper, texts.sheetPerAccount, texts.sheetPerOwner], () => undefined);
  controls.append(
    labelled(texts.search, search),
    labelled(texts.account, accounts),
    labelled(texts.owner, owners),
    labelled(texts.kind, classes),
    labelled(texts.source, sources),
    ...(data.marks.length === 0 ? [] : [labelled(texts.change, changes)]),
    labelled(texts.paper, sheets),
    button(texts.print, () => print(sheets.selectedIndex)),
  );
  return controls;
}

function startPage(): void {
  const data = JSON.parse(
    (document.querySelector("#below") ?? document.querySelector("#data"))?.textContent ?? "{}",
  ) as PageData;
  const { texts } = data;
  const index = tools.searchIndex(data);
  const filters: Filters = {
    text: "",
    administrators: false,
    changes: false,
    source: -1,
    owner: -1,
    account: -1,
    set: -1,
    rows: 20,
    columns: 12,
    lines: 50,
  };
  const status = element("p", "", { role: "status" });
  const output = element("div", "");
  const redraw = (change: Partial<Filters>): void => {
    Object.assign(filters, change);
    const lines = tools.findLines(data, index, filters);
    const accounts = document.querySelector<HTMLSelectElement>("#account");
    if (accounts !== null) accounts.selectedIndex = filters.account + 1;
    status.textContent = tools.numbered(texts.found, lines.length);
    output.replaceChildren(...drawOutput(data, lines, filters, redraw));
  };
  let sheets = 0;
  const print = (chosen: number): void => {
    sheets = chosen;
    window.print();
  };
  window.addEventListener("beforeprint", () =>
    output.replaceChildren(...drawPaper(data, tools.findLines(data, index, filters), sheets)),
  );
  window.addEventListener("afterprint", () => {
    sheets = 0;
    redraw({});
  });
  const summary = data.summary.map((text) => element("p", text));
  document
    .querySelector("main")
    ?.append(
      element(data.isBelow ? "h2" : "h1", texts.title),
      ...summary,
      drawControls(data, redraw, print),
      status,
      output,
    );
  redraw({});
}

/** What the page's script is made of; the last one starts it. */
export const pageFunctions = [
  element,
  tableHead,
  button,
  drawCell,
  drawMatrix,
  recordLink,
  drawLine,
  drawList,
  labelled,
  choice,
  scrollable,
  drawOutput,
  drawPaper,
  drawControls,
  startPage,
] as const;
