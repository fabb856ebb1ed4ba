import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AccessReport } from "../../../model/access-report.ts";
import { renderAccess } from "../../../report/access-page/render-access-page.ts";
import { pageHeaders, type RenderedPage } from "../../../report/pages/render-shell.ts";
import {
  issuesPage,
  onDemandPage,
  overviewPage,
  type PagePlace,
  type PageReader,
  personPage,
  renderServicePage,
  signInPage,
} from "../../../report/pages/service-pages.ts";
import { filterAccess } from "../../../report/who-has-what/filter-access.ts";
import { servicePageTexts } from "../../../words/service-page-texts.ts";
import { createLatest, type Latest } from "./latest.ts";
import type { PassesSoFar } from "./pass-history.ts";
import {
  createSignIn,
  sessionCookie,
  sessionSeconds,
  type PageRequest,
  type SignIn,
  type SignInOptions,
  type Visitor,
} from "./sign-in.ts";

export interface PagesOptions extends PagesContent {
  readonly onSync: () => "started" | "promised" | "closed";
}

/** What the pages show, and to whom. */
export interface PagesContent {
  readonly reader: PageReader;
  readonly signIn: SignInOptions;
  /** Whether the cookie may travel without TLS: on the loopback address only. */
  readonly isLoopback: boolean;
  readonly history: PassesSoFar;
  /** Who has what, or why it could not be read. */
  readonly readAccess: () => Promise<AccessReport | string>;
  /** What a sync would do now, in words. */
  readonly readPlan: () => Promise<string>;
}

const largestForm = 4_096;
const attemptsPerMinute = 10;

/** Adds the pages; they need `@fastify/rate-limit` on the server. */
export async function addPages(server: FastifyInstance, options: PagesOptions): Promise<void> {
  await server.register(async (pages) => {
    pages.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: largestForm },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const site = openSite(options);
    addSignIn(pages, site);
    addViews(pages, site);
    addActions(pages, site);
  });
}

interface Site extends PagesOptions {
  readonly gate: SignIn;
  readonly access: Latest<AccessReport | string>;
  readonly plan: Latest<string>;
}

function openSite(options: PagesOptions): Site {
  const { signIn, readAccess, readPlan } = options;
  return {
    ...options,
    gate: createSignIn(signIn),
    access: createLatest(readAccess, signIn.nowMs),
    plan: createLatest(readPlan, signIn.nowMs),
  };
}

/** The other end of the connection itself: what a proxy says of who is behind it must not stand for the proxy. */
function requestOf({ headers, socket }: FastifyRequest): PageRequest {
  return { headers, remoteAddress: socket.remoteAddress ?? "" };
}

function send(reply: FastifyReply, page: RenderedPage, status = 200): FastifyReply {
  return reply.code(status).headers(pageHeaders(page)).send(page.html);
}

/** The text of that name in a form or a query; empty where there is none, or several. */
function textIn(fields: unknown, name: string): string {
  if (typeof fields !== "object" || fields === null || !Object.hasOwn(fields, name)) return "";
  const value: unknown = (fields as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : "";
}

function addSignIn(pages: FastifyInstance, { gate, reader, isLoopback }: Site): void {
  if (!gate.asksForToken) return;
  const page = (isWrong: boolean): RenderedPage =>
    renderServicePage("signIn", signInPage(isWrong, reader), reader);
  pages.get("/pages/sign-in", (_request, reply) => send(reply, page(false)));
  pages.post(
    "/pages/sign-in",
    { config: { rateLimit: { max: attemptsPerMinute, timeWindow: "1 minute" } } },
    (request, reply) => {
      const session = gate.openSession(textIn(request.body, "token"));
      if (session === undefined) return send(reply, page(true), 401);
      const cookie = `${sessionCookie}=${session}; Path=/pages; HttpOnly; SameSite=Strict; Max-Age=${sessionSeconds}`;
      return reply.header("set-cookie", isLoopback ? cookie : `${cookie}; Secure`).redirect("/pages", 303);
    },
  );
}

type View = (request: FastifyRequest, visitor: Visitor) => RenderedPage;

type Draw = (place: PagePlace, nodes: Parameters<typeof renderServicePage>[1]) => RenderedPage;

function addViews(pages: FastifyInstance, site: Site): void {
  const { gate, reader } = site;
  const draw: Draw = (place, nodes) => renderServicePage(place, nodes, reader);
  const at = (path: string, view: View): void => {
    pages.get(path, (request, reply) => {
      const visitor = gate.identify(requestOf(request));
      if (visitor !== undefined) return send(reply, view(request, visitor));
      return gate.asksForToken ? reply.redirect("/pages/sign-in", 303) : reply.code(403).send();
    });
  };
  at("/pages", viewOfPasses(site, draw));
  at("/pages/issues", () => draw("issues", issuesPage(site.history.issues(), reader)));
  at("/pages/access", viewOfAccess(site, draw));
  at("/pages/plan", viewOfPlan(site, draw));
  at("/pages/mine", viewOfPerson(site, draw));
}

function viewOfPasses({ gate, reader, history }: Site, draw: Draw): View {
  const texts = servicePageTexts(reader.language);
  const notices = new Map([
    ["started", texts.syncStarted],
    ["promised", texts.syncPromised],
  ]);
  return ({ query }, visitor) => {
    const notice = notices.get(textIn(query, "sync"));
    return draw("passes", overviewPage(history.passes(), gate.proofOf(visitor), notice, reader));
  };
}

/** The button that reads who has what, and why that failed last. */
function readingForm({ gate, reader, access }: Site, visitor: Visitor) {
  const texts = servicePageTexts(reader.language);
  const { at, value } = access.shown() ?? { at: 0, value: undefined };
  const button = { action: "/pages/access", button: texts.readAccess, about: texts.aboutReading };
  const failed = typeof value === "string" ? { at, text: `${texts.failed}\n${value}` } : undefined;
  return onDemandPage(button, gate.proofOf(visitor), failed, reader);
}

function viewOfAccess(site: Site, draw: Draw): View {
  return ({ query }, visitor) => {
    const value = site.access.shown()?.value;
    const isShown = typeof value === "object" && textIn(query, "again") === "";
    return isShown ? renderAccess(value, site.reader) : draw("access", readingForm(site, visitor));
  };
}

function viewOfPlan({ gate, reader, plan }: Site, draw: Draw): View {
  const texts = servicePageTexts(reader.language);
  const button = { action: "/pages/plan", button: texts.makePlan, about: texts.aboutPlan };
  return (_request, visitor) => {
    const { at, value } = plan.shown() ?? { at: 0, value: undefined };
    const shown = value === undefined ? undefined : { at, text: value };
    return draw("plan", onDemandPage(button, gate.proofOf(visitor), shown, reader));
  };
}

function viewOfPerson(site: Site, draw: Draw): View {
  return ({ query }, visitor) => {
    const name = textIn(query, "user") || (visitor.name ?? "");
    const value = site.access.shown()?.value;
    const report = typeof value === "object" && name !== "" ? filterAccess(value, { user: name }) : undefined;
    const reading = typeof value === "object" ? [] : readingForm(site, visitor);
    return draw("mine", [...reading, ...personPage(name, report, site.reader)]);
  };
}

/** What a form of these pages may ask for; only the pass that it starts writes anything. */
function addActions(pages: FastifyInstance, site: Site): void {
  const { gate, reader, onSync } = site;
  const at = (path: string, act: () => Promise<string>): void => {
    pages.post(path, async (request, reply) => {
      const from = requestOf(request);
      const visitor = gate.identify(from);
      const proof = textIn(request.body, "proof");
      if (visitor === undefined || !gate.isOurs(from, visitor, proof)) {
        return reply
          .code(403)
          .type("text/plain; charset=utf-8")
          .send(servicePageTexts(reader.language).refused);
      }
      return reply.redirect(await act(), 303);
    });
  };
  at("/pages/sync", () => Promise.resolve(`/pages?sync=${onSync()}`));
  at("/pages/plan", async () => {
    await site.plan.make();
    return "/pages/plan";
  });
  at("/pages/access", async () => {
    await site.access.make();
    return "/pages/access";
  });
}
