import * as z from "zod";

import { PassError } from "../errors.ts";
import type { AppKind } from "../model/fields.ts";
import { namesField } from "../model/query-fields.ts";
import { decodeForm } from "./decode-app.ts";
import type { AppLookSettings } from "./look-at-app.ts";
import { sendRequest, unexpectedAnswer } from "./send-request.ts";

/** What there is to know of a field that decides about approval. */
export interface GateField {
  readonly code: string;
  /** Whether process management alone changes it. */
  readonly isStatus: boolean;
  /** Whether all who may edit a record may edit it as well; undefined where the credentials may not look. */
  readonly isOpen: boolean | undefined;
}

export interface GateLook {
  /** The status field, where the app's query names it. */
  readonly statusInQuery?: string;
  readonly fields: readonly GateField[];
}

const rightsSchema = z.object({
  rights: z.array(
    z.object({
      code: z.string(),
      entities: z.array(
        z.object({
          accessibility: z.string(),
          entity: z.object({ type: z.string(), code: z.string().nullish() }),
        }),
      ),
    }),
  ),
});

type Rights = z.infer<typeof rightsSchema>["rights"];

/** Looks at the fields of the app's gate and at its query. Throws a PassError. */
export async function lookAtGate(settings: AppLookSettings, kind: AppKind): Promise<GateLook> {
  const { client, config } = settings;
  const { app } = config[kind];
  const about = { appId: app, request: "GET app/form/fields.json" };
  const form = decodeForm(await sendRequest(settings, about, () => client.app.getFormFields({ app })));
  if (form === undefined) throw unexpectedAnswer(about);
  const gate = config.gates?.[kind];
  const typeOf = (code: string): string | undefined => form.find((field) => field.code === code)?.type;
  const codes = [gate?.field, gate?.approver].filter((code) => code !== undefined);
  const isStatus = (code: string): boolean => typeOf(code) === "STATUS";
  const rights = codes.every(isStatus) ? [] : await readFieldRights(settings, app);
  const status = form.find(({ code, type }) => type === "STATUS" && namesField(config.query[kind], code));
  return {
    ...(status === undefined ? {} : { statusInQuery: status.code }),
    fields: codes.map((code) => ({
      code,
      isStatus: isStatus(code),
      isOpen: isStatus(code) ? false : rights && isOpenTo(rights, code),
    })),
  };
}

/** Undefined where the credentials may not read them: that takes an administrator of the app. */
async function readFieldRights(settings: AppLookSettings, app: number): Promise<Rights | undefined> {
  const about = { appId: app, request: "GET field/acl.json" };
  try {
    const answer = await sendRequest(settings, about, () => settings.client.app.getFieldAcl({ app }));
    const { success, data } = rightsSchema.safeParse(answer);
    if (!success) throw unexpectedAnswer(about);
    return data.rights;
  } catch (error) {
    if (error instanceof PassError && error.code === "kintone.no-permission") return undefined;
    throw error;
  }
}

/** A field without rights of its own is edited by all who edit the record; so is one that everyone or its author may write. */
function isOpenTo(rights: Rights, code: string): boolean {
  const own = rights.find((field) => field.code === code);
  if (own === undefined) return true;
  return own.entities.some(
    ({ accessibility, entity }) =>
      accessibility === "WRITE" && (entity.type === "CREATOR" || entity.code === "everyone"),
  );
}
