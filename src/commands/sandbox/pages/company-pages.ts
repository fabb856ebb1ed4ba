import { element, link, linked, type PageNode, table } from "../../../report/pages/page-node.ts";
import { renderTime } from "../../../report/render-time.ts";
import type { WayIn } from "../../../sandbox/aws/sandbox-state.ts";
import type { Desk } from "./desk.ts";

/** What there is, and what to try. */
export function startPage({ texts }: Desk): readonly PageNode[] {
  return [
    element("p", {}, texts.about),
    element("h2", {}, texts.stepsTitle),
    element("ul", {}, ...texts.steps.map((step) => element("li", {}, step))),
  ];
}

/** The last sync that was started here, in its own words. */
export function syncPage({ sync, texts, reader }: Desk): readonly PageNode[] {
  if (sync.isRunning()) return [element("p", { role: "status" }, texts.syncing)];
  const last = sync.last();
  if (last === undefined) return [element("p", {}, texts.neverSynced)];
  return [
    element(
      "p",
      { role: "status" },
      texts.synced(renderTime(Date.parse(last.finishedAt), reader.timeZone), last.result),
    ),
    element("pre", { tabindex: "0", "aria-label": texts.report }, ...linked(last.text)),
  ];
}

/** The messages of a channel, the newest last. */
export function channelPage({ sandbox, texts, reader }: Desk, channel: string): readonly PageNode[] {
  const messages = sandbox.slack.messages.filter((message) => message.channel === channel);
  if (messages.length === 0) return [element("p", {}, texts.noMessages)];
  return messages.map(({ ts, text, blocks, edits, thread_ts: thread }) => {
    const marks = [
      renderTime(Number(ts) * 1_000, reader.timeZone),
      ...(thread === undefined ? [] : [texts.answer]),
      ...(edits.length === 0 ? [] : [texts.edited]),
    ];
    return element(
      "section",
      { class: "message" },
      element("p", {}, element("strong", {}, marks.join(" · "))),
      ...(blocks.length === 0
        ? [element("div", {}, text)]
        : blocks.map((block) => element("div", {}, ...richText(block)))),
    );
  });
}

/** The texts and links inside a block, whatever it is made of. */
function richText(part: unknown): readonly PageNode[] {
  if (Array.isArray(part)) return part.flatMap(richText);
  if (typeof part !== "object" || part === null) return [];
  if ("url" in part && "text" in part) return [link(String(part.text), String(part.url))];
  if ("user_id" in part) return [`@${String(part.user_id)}`];
  if ("text" in part && typeof part.text === "string")
    return ["style" in part ? element("strong", {}, part.text) : part.text];
  return Object.values(part).flatMap(richText);
}

/** Which accounts the person may enter, what was asked for by a link, and who else may enter what. */
export function portalPage(
  { sandbox, texts }: Desk,
  by: string,
  query: URLSearchParams,
): readonly PageNode[] {
  const ways = sandbox.aws.state.waysIn();
  const person = sandbox.kintone.people().find(({ code }) => code === by);
  const own = ways.filter(({ userName }) => userName === by || userName.split("@")[0] === by);
  const [account, set] = [query.get("account_id"), query.get("role_name")];
  const isAllowed = own.some((way) => way.accountId === account && way.permissionSet === set);
  const asked =
    account === null || set === null ? [] : [(isAllowed ? texts.asked : texts.notAsked)(account, set)];
  return [
    ...asked.map((text) => element("p", { role: "status" }, text)),
    element("h2", {}, texts.mayEnter(person?.name ?? by)),
    own.length === 0
      ? element("p", {}, texts.noAccess)
      : table(
          texts.portal,
          [texts.account, texts.set, texts.via],
          own.map((way) => wayCells(way, texts.direct)),
        ),
    element("h2", {}, texts.others),
    table(
      texts.others,
      [texts.person, texts.account, texts.set, texts.via],
      ways.map((way) => [way.displayName, ...wayCells(way, texts.direct)]),
    ),
  ];
}

function wayCells(
  { accountName, accountId, permissionSet, group }: WayIn,
  direct: string,
): readonly string[] {
  return [`${accountName} (${accountId})`, permissionSet, group ?? direct];
}
