/// <reference lib="dom" />
// What runs in the browser: see access-page/page-script.ts.
import type { PageNode } from "./page-node.ts";

function drawNode(node: PageNode): Node {
  if (typeof node === "string") return document.createTextNode(node);
  const made = document.createElement(node.tag);
  for (const [name, value] of Object.entries(node.attributes)) {
    // Nothing that runs: no handlers, and no addresses but of the web and of this site.
    const isAddress = name === "href" || name === "action";
    if (/^on/iu.test(name) || (isAddress && !/^(?:https?:\/\/|\/(?!\/))/iu.test(value))) continue;
    made.setAttribute(name, value);
  }
  made.append(...node.children.map(drawNode));
  return made;
}

function drawPage(): void {
  const nodes = JSON.parse(document.querySelector("#data")?.textContent ?? "[]") as readonly PageNode[];
  document.querySelector("main")?.append(...nodes.map(drawNode));
}

/** What draws a page of nodes; the last one starts it. */
export const drawFunctions = [drawNode, drawPage] as const;

/** Goes to the record that an address names behind its `#`, which no server is told, or to the list. */
export function goToRecord(): void {
  const record = /^#record=(\d+)$/u.exec(location.hash)?.[1];
  location.replace(record === undefined ? "./" : `show?record=${record}`);
}
