/** The time as people read it, with the zone: `2026-11-20 18:00 JST`. */
export function renderTime(ms: number, timeZone: string): string {
  const date = new Date(ms);
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  // Japanese knows the name of Japan's time, which other languages give as GMT+9.
  const parts = new Intl.DateTimeFormat("ja-JP", { timeZone, timeZoneName: "short" }).formatToParts(date);
  const zone = parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
  return `${local.format(date)} ${zone}`;
}
