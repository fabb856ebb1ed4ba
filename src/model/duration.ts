export const dayMs = 24 * 60 * 60_000;

const isoDuration =
  /^P(?=\d|T\d)(?:(?<count>\d+)(?<unit>[DW]))?(?:T(?=\d)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/;

const secondsPerUnit = { D: 86_400, W: 604_800 } as const;

/**
 * Seconds of an ISO 8601 duration of weeks or days, hours, minutes and seconds. Undefined for anything else, years,
 * months and negative durations included: Identity Center's pattern allows those, but they are no session durations.
 * https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PermissionSet.html
 */
export function parseIsoDurationSeconds(text: string): number | undefined {
  const parts = isoDuration.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const days = Number(parts["count"] ?? 0) * secondsPerUnit[parts["unit"] === "W" ? "W" : "D"];
  return (
    days +
    Number(parts["hours"] ?? 0) * 3600 +
    Number(parts["minutes"] ?? 0) * 60 +
    Number(parts["seconds"] ?? 0)
  );
}

/** The duration as Identity Center writes it, e.g. `PT8H` or `PT1H30M`; takes whole seconds. */
export function formatIsoDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const parts = [hours > 0 ? `${hours}H` : "", minutes > 0 ? `${minutes}M` : "", rest > 0 ? `${rest}S` : ""];
  return `PT${parts.join("") || "0S"}`;
}

const hoursOrDays = /^(?<count>[1-9]\d{0,4})(?<unit>[hd])$/u;

/** Milliseconds of hours or days as the configuration writes them, such as `8h` or `90d`; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const parts = hoursOrDays.exec(text)?.groups;
  if (parts === undefined) return undefined;
  return Number(parts["count"]) * (parts["unit"] === "d" ? dayMs : 60 * 60_000);
}
