import { drawFunctions } from "../../../report/pages/draw-page.ts";
import { element, type PageNode } from "../../../report/pages/page-node.ts";
import { type RenderedPage, renderShell } from "../../../report/pages/render-shell.ts";
import { type PageReader, type PassSummary, serviceStyle } from "../../../report/pages/service-pages.ts";
import type { Sandbox } from "../../../sandbox/start-sandbox.ts";
import type { SandboxPageTexts } from "../../../words/sandbox-page-texts.ts";

/** What the pages are about, and who looks at them. */
export interface Desk {
  readonly sandbox: Sandbox & { readonly aws: Pick<Sandbox["aws"], "state"> };
  readonly reader: PageReader;
  readonly texts: SandboxPageTexts;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly sync: SyncDesk;
}

/** The syncs that are started from the pages, one at a time. */
export interface SyncDesk {
  readonly start: () => void;
  readonly isRunning: () => boolean;
  readonly last: () => PassSummary | undefined;
}

/** A person who looks at a page, and where they are. */
export interface Visit {
  readonly by: string;
  readonly path: string;
}

/** Starts syncs with the given function, which must not reject. */
export function createSyncDesk(sync: () => Promise<PassSummary>): SyncDesk {
  let running: Promise<void> | undefined;
  let last: PassSummary | undefined;
  const runOne = async (): Promise<void> => {
    last = await sync();
    running = undefined;
  };
  return {
    start: () => void (running ??= runOne()),
    isRunning: () => running !== undefined,
    last: () => last,
  };
}

/** A form that posts to a page of the sandbox. */
export function postTo(action: string, button: string, ...fields: readonly PageNode[]): PageNode {
  return element(
    "form",
    { method: "post", action },
    ...fields,
    element("button", { type: "submit" }, button),
  );
}

/** A labelled choice of one; every choice is a value and what is shown for it. */
export function choice(
  label: string,
  name: string,
  options: readonly (readonly [value: string, shown: string])[],
  chosen: readonly string[],
  isMultiple = false,
): PageNode {
  const size = isMultiple ? { multiple: "", size: String(Math.min(8, Math.max(2, options.length))) } : {};
  return element(
    "label",
    {},
    label,
    element(
      "select",
      { name, ...size },
      ...options.map(([value, shown]) =>
        element("option", { value, ...(chosen.includes(value) ? { selected: "" } : {}) }, shown),
      ),
    ),
  );
}

/** A page with the way to the others, who one is, and the button that syncs. */
export function drawPage(
  desk: Desk,
  { by, path }: Visit,
  title: string,
  nodes: readonly PageNode[],
): RenderedPage {
  const { texts, sandbox, channels, reader } = desk;
  const places: readonly (readonly [string, string])[] = [
    ["/", texts.start],
    ...sandbox.kintone.apps().map(({ id, name }) => [`/k/${id}/`, name] as const),
    ...channels.map(({ id, name }) => [`/archives/${id}`, texts.channel(name)] as const),
    ["/start/", texts.portal],
    ["/sync", texts.sync],
  ];
  const items = places.map(([href, name]) =>
    element("li", {}, element("a", { href, ...(href === path ? { "aria-current": "page" } : {}) }, name)),
  );
  const people = sandbox.kintone.people().map(({ code, name }) => [code, `${name} (${code})`] as const);
  return renderShell({
    language: reader.language,
    title: texts.title,
    needsScript: texts.needsScript,
    data: [
      element("nav", { "aria-label": texts.title }, element("ul", {}, ...items)),
      element(
        "div",
        { class: "bar" },
        postTo(
          "/person",
          texts.switchPerson,
          element("input", { type: "hidden", name: "back", value: path }),
          choice(texts.actingAs, "person", people, [by]),
        ),
        postTo("/sync", texts.syncNow),
      ),
      element("h1", {}, title),
      ...nodes,
    ],
    functions: drawFunctions,
    style: deskStyle,
    hasForms: true,
  });
}

const deskStyle = `${serviceStyle}
.bar{display:flex;flex-wrap:wrap;gap:.3rem 2rem;border-bottom:1px solid var(--line);margin-bottom:1rem}
.bar form{margin:.3rem 0 .8rem}
.form{display:grid;gap:1rem;max-width:46rem}
textarea{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.3rem .5rem;min-height:5rem}
fieldset{border:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.6rem}
.message{border:1px solid var(--line);border-radius:.3rem;padding:.5rem .7rem;margin:.6rem 0;white-space:pre-line;overflow-wrap:anywhere}
`;
