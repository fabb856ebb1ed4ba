import { appParts, type AppSettings } from "../model/made-app.ts";
import { covers } from "./covers.ts";

/** Whether the settings say all that the others say, whatever their revisions. */
export function saysTheSame(one: AppSettings, other: AppSettings): boolean {
  return appParts.every((part) => {
    const { revision: _, ...wanted } = other[part];
    return covers(one[part], wanted);
  });
}
