/** What the files of one folder of src/, or one file there, may import; whatever is not listed is refused. */
export interface Room {
  readonly says: string;
  /** Other folders and files of src/. */
  readonly imports: readonly string[];
  /** Packages, and modules of Node by their `node:` names. */
  readonly packages?: readonly string[];
}

const pipeline = ["records", "reading", "desired", "access", "plan", "apply", "remember", "report"];

const adapter = ["model", "ports.ts", "errors.ts", "network"];

/** The dependency rule: one room for every folder and file of src/. */
export const rooms: Readonly<Record<string, Room>> = {
  model: {
    says: "holds the nouns and imports nothing of the program",
    imports: [],
    packages: ["matcher", "node:crypto"],
  },
  "errors.ts": { says: "says why a pass cannot go on", imports: ["model"] },
  "ports.ts": { says: "is the outside world as the core sees it", imports: ["model"] },
  access: { says: "judges what definitions and plans do to people", imports: ["model"] },
  records: {
    says: "decodes raw records",
    imports: ["model"],
    packages: ["fastest-levenshtein", "jsonc-parser"],
  },
  desired: {
    says: "builds the desired state",
    imports: ["model", "access"],
    packages: ["fastest-levenshtein"],
  },
  reading: { says: "chooses what to read", imports: ["model", "access"] },
  plan: { says: "compares two states", imports: ["model", "access"] },
  apply: {
    says: "carries a plan out through the ports",
    imports: ["model", "ports.ts"],
    packages: ["tinyqueue"],
  },
  remember: {
    says: "decides what the next pass may believe",
    imports: ["model", "access", "reading", "report"],
    packages: ["zod"],
  },
  report: { says: "renders a finished pass", imports: ["model", "errors.ts", "access", "words", "tell"] },
  reviews: {
    says: "keeps a round of reviewing who has what",
    imports: ["model"],
    packages: ["zod"],
  },
  words: {
    says: "holds every text that a person reads",
    imports: ["model", "errors.ts", "importing", "reviews", "report", "tell", "commands"],
  },
  tell: {
    says: "decides who hears what, and tells it once",
    imports: ["model", "ports.ts", "errors.ts", "pass", "remember", "report", "words", "github", "process"],
    packages: ["node:path", "node:util"],
  },
  pass: {
    says: "is one pass, and the only place where the pipeline meets",
    imports: ["model", "ports.ts", "errors.ts", ...pipeline],
  },
  network: {
    says: "bounds what the adapters send and get: repetitions, time, size, no redirects",
    imports: [],
    packages: ["@smithy/node-http-handler", "node:stream"],
  },
  importing: {
    says: "turns what exists into records, and proves that they say it",
    imports: ["model", "records", "desired", "plan"],
  },
  apps: {
    says: "describes the kintone apps that init makes, and what an app lacks of it",
    imports: ["model", "words"],
  },
  kintone: {
    says: "speaks to kintone",
    imports: adapter,
    packages: ["@kintone/rest-api-client", "axios", "zod", "node:https", "node:tls"],
  },
  aws: {
    says: "speaks to AWS",
    imports: adapter,
    packages: [
      "@aws-sdk/client-accessanalyzer",
      "@aws-sdk/client-iam",
      "@aws-sdk/client-identitystore",
      "@aws-sdk/client-organizations",
      "@aws-sdk/client-sso-admin",
      "@aws-sdk/client-sts",
      "p-limit",
      "node:crypto",
      "node:http",
      "node:https",
    ],
  },
  slack: {
    says: "speaks to Slack",
    imports: adapter,
    packages: ["@slack/web-api", "zod", "node:timers/promises"],
  },
  github: {
    says: "speaks to GitHub",
    imports: adapter,
    packages: ["node:crypto", "node:fs/promises", "node:timers/promises"],
  },
  heartbeat: { says: "speaks to the monitor", imports: adapter },
  memory: {
    says: "keeps the memory in a file, in S3 or in the process",
    imports: [...adapter, "remember"],
    packages: [
      "@aws-sdk/client-s3",
      "node:crypto",
      "node:fs/promises",
      "node:https",
      "node:path",
      "node:stream",
    ],
  },
  config: {
    says: "turns file, environment and flags into a Config",
    imports: ["model", "errors.ts"],
    packages: ["croner", "fastest-levenshtein", "yaml", "zod"],
  },
  process: {
    says: "is the process: logger, scrubber, signals, terminal",
    imports: ["model", "ports.ts", "errors.ts", "apply", "report"],
    packages: ["pino", "pino-pretty", "node:readline/promises", "node:stream"],
  },
  wiring: {
    says: "puts the adapters together",
    imports: [
      ...adapter,
      "pass",
      "report",
      "tell",
      "words",
      "process",
      "apps",
      "kintone",
      "aws",
      "slack",
      "heartbeat",
      "memory",
    ],
    packages: [
      "https-proxy-agent",
      "proxy-from-env",
      "node:crypto",
      "node:fs",
      "node:path",
      "node:https",
      "node:timers/promises",
    ],
  },
  commands: {
    says: "are what people start",
    imports: [
      ...adapter,
      "plan",
      "importing",
      "apps",
      "reviews",
      "report",
      "tell",
      "words",
      "process",
      "wiring",
      "config",
      "kintone",
      "aws",
      "slack",
      "github",
      "memory",
      "sandbox",
    ],
    packages: [
      "@fastify/rate-limit",
      "commander",
      "croner",
      "fastify",
      "prom-client",
      "node:crypto",
      "node:fs",
      "node:fs/promises",
      "node:net",
      "node:path",
      "node:timers/promises",
    ],
  },
  sandbox: {
    says: "plays the services and imports nothing of the program, so that it cannot share its mistakes",
    imports: [],
    packages: ["fastify", "jsonc-parser", "node:crypto", "node:http", "node:timers/promises"],
  },
};
