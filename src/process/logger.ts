import { type Level, pino } from "pino";
import pinoPretty from "pino-pretty";
import { disarmCommands, showControls } from "./harmless-text.ts";
import { type LogFields, plainFields } from "./log-fields.ts";
import { createScrubber } from "./secret-scrubber.ts";

type LogMethod = (message: string, fields?: LogFields) => void;

export type Logger = Readonly<Record<"debug" | "info" | "warn" | "error", LogMethod>>;

export type LogLevel = keyof Logger | "silent";

interface LoggerOptions {
  readonly level: LogLevel;
  /** JSON for machines, one object a line, or text for people. */
  readonly format: "text" | "json";
  /** Texts that never get out, in whatever form. */
  readonly secrets: readonly string[];
  /** Standard error: standard output belongs to the command's data. */
  readonly stream: { write(text: string): unknown; readonly isTTY?: boolean | undefined };
  /** NO_COLOR or --no-color; without it a terminal gets colour. */
  readonly noColor?: boolean | undefined;
  /** IANA name of the time zone of the times in text; default UTC. JSON has UTC always. */
  readonly timeZone?: string | undefined;
}

/** A logger that writes at once, so that nothing is lost when the process ends, and lets neither secrets nor commands through. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, stream } = options;
  const scrub = createScrubber(options.secrets);
  const format = options.format === "json" ? formatJson : createTextFormat(options);
  const target = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => stream.write(disarmCommands(scrub(format(scrub(line))))) },
  );
  const method =
    (name: Level): LogMethod =>
    (message, fields = {}) => {
      // Without further arguments pino leaves %s and the like in the message alone.
      if (target.isLevelEnabled(name)) target[name](plainFields(fields, level === "debug"), message);
    };
  return { debug: method("debug"), info: method("info"), warn: method("warn"), error: method("error") };
}

/** JSON escapes C0 controls itself; the other unsafe characters get the same form here. */
function formatJson(line: string): string {
  return showControls(line);
}

function createTextFormat({ stream, noColor, timeZone = "UTC" }: LoggerOptions): (line: string) => string {
  // Used as a function: as a stream or a transport it would write later, or from a thread whose file a bundle lacks.
  const pretty = pinoPretty.prettyFactory({
    colorize: stream.isTTY === true && noColor !== true,
    singleLine: true,
    errorLikeObjectKeys: ["error"],
    translateTime: false,
    customPrettifiers: { time: (time) => formatTime(time, timeZone) },
  });
  return (line) => pretty(readableLine(line));
}

/** The line's fields with all user text made harmless; the further lines of a message are marked as such. */
function readableLine(line: string): unknown {
  try {
    const fields = JSON.parse(line, (_key, value: unknown) => {
      return typeof value === "string" ? showControls(value.replaceAll("\r\n", "\n")) : value;
    }) as { readonly msg?: string };
    return { ...fields, msg: fields.msg?.replaceAll("\n", "\n  | ") };
  } catch {
    // Only a secret that looks like JSON can have spoilt the line when it was taken out.
    return showControls(line);
  }
}

/** `2026-11-20 18:55:03 +09:00` */
function formatTime(iso: string | object, timeZone: string): string {
  const date = new Date(typeof iso === "string" ? iso : 0);
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(date);
  const offset = parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "") ?? "";
  return `${local.format(date)} ${offset === "" ? "+00:00" : offset}`;
}
