import {
  type AppSettings,
  inOrder,
  type Process,
  type ProcessAction,
  type ProcessState,
} from "../app-settings.ts";
import { asPreview } from "../kintone-domain.ts";
import { invalidParameter, type Message, REQUIRED_PARAMETER } from "../kintone-api-error.ts";
import {
  type Parameters,
  readBoundedText,
  readChoice,
  readFlag,
  readInteger,
  readNamedObjects,
  readObject,
  readObjects,
  readText,
} from "../request-parameters.ts";
import { checkCondition } from "../select-records.ts";
import { readEntity } from "./entities.ts";
import { ANYONE, type Setting, type SettingChange } from "./setting.ts";

const NAME = { min: 1, max: 64 };
const ENTITIES = ["USER", "GROUP", "ORGANIZATION", "FIELD_ENTITY", "CREATOR", "CUSTOM_FIELD"] as const;
const FIRST_STATES: Readonly<Record<string, string>> = { ステータス: "未処理", Status: "Not started" };
const FIRST_STAYS: Message = {
  ja: "最初のステータスは、追加や削除ができません。名前を変更する場合は、現在の名前をキーに指定してください。",
  en: "The first status cannot be added or deleted. To rename it, specify its current name as the key.",
};
const FIRST_ASSIGNEE: Message = {
  ja: "最初のステータスの作業者には、作成者だけを指定できます。",
  en: "Only the creator can be the assignee of the first status.",
};
const UNKNOWN_STATE: Message = { ja: "ステータスがありません。", en: "There is no such status." };
const TWICE: Message = { ja: "値が重複しています。", en: "The value is duplicated." };

/**
 * States and actions, each a full list: a state that is not sent is gone. The first state is renamed, never added.
 * https://cybozu.dev/ja/kintone/docs/rest-api/apps/update-process-management-settings/
 */
export const PROCESS_MANAGEMENT: Setting = {
  name: "ProcessManagement",
  readBy: ANYONE,
  describe: ({ process }) => process,
  update: (change) => {
    const { settings, parameters } = change;
    const states = parameters["states"] === undefined ? settings.process.states : readStates(change);
    const actions =
      parameters["actions"] === undefined ? settings.process.actions : readActions(change, states ?? {});
    const process = { enable: readFlag(parameters, "enable", settings.process.enable), states, actions };
    if (process.enable && states === null) throw invalidParameter("states", REQUIRED_PARAMETER);
    return { ...settings, process, fields: switchFields(settings, process.enable) };
  },
};

function readStates(change: SettingChange): Readonly<Record<string, ProcessState>> {
  const sent = readNamedObjects(change.parameters, "states");
  const states = sent.map(([key, state]) => readState(change, key, state));
  states.sort((left, right) => Number(left.index) - Number(right.index));
  const first = states[0];
  const firstKey = sent.find(([key, { name }]) => (name ?? key) === first?.name)?.[0];
  if (first === undefined || firstKey !== currentFirst(change.settings))
    throw invalidParameter("states", FIRST_STAYS);
  const isCreator = ({ entity }: { entity: { type: string; code?: string } }) =>
    entity.type === "CREATOR" ||
    (entity.type === "FIELD_ENTITY" && change.settings.fields.get(entity.code ?? "")?.type === "CREATOR");
  if (first.assignee.type !== "ONE" || !first.assignee.entities.every(isCreator))
    throw invalidParameter(`states[${firstKey}].assignee`, FIRST_ASSIGNEE);
  return Object.fromEntries(states.map((state, index) => [state.name, { ...state, index: String(index) }]));
}

function currentFirst({ process, fields }: AppSettings): string | undefined {
  const first = inOrder(process)[0];
  if (first !== undefined) return first.name;
  const status = [...fields.values()].find(({ type }) => type === "STATUS");
  return FIRST_STATES[status?.code ?? ""] ?? "未処理";
}

function readState({ domain, app, settings }: SettingChange, key: string, sent: Parameters): ProcessState {
  const name = sent["name"] === undefined ? key : readBoundedText(sent, "name", NAME);
  const index = readInteger(sent, "index");
  if (index === undefined) throw invalidParameter(`states[${key}].index`, REQUIRED_PARAMETER);
  return { name, index: String(index), assignee: readAssignee() };

  function readAssignee(): ProcessState["assignee"] {
    // Left out, the creator has to act first.
    const creator = [...settings.fields.values()].find(({ type }) => type === "CREATOR")?.code ?? "";
    if (sent["assignee"] === undefined)
      return index === 0
        ? { type: "ONE", entities: [{ entity: { type: "FIELD_ENTITY", code: creator }, includeSubs: false }] }
        : { type: "ONE", entities: [] };
    const assignee = readObject(sent, "assignee");
    return {
      type: readChoice(assignee, "type", ["ONE", "ALL", "ANY"]),
      entities: readObjects(assignee, "entities").map((entity) => readEntity(domain, app, entity, ENTITIES)),
    };
  }
}

function readActions(change: SettingChange, states: Process["states"] & object): readonly ProcessAction[] {
  const seen = new Set<string>();
  return readObjects(change.parameters, "actions").map((sent, index) => {
    const action = readAction(change, sent);
    for (const end of ["from", "to"] as const)
      if (states[action[end]] === undefined)
        throw invalidParameter(`actions[${index}].${end}`, UNKNOWN_STATE);
    const key = JSON.stringify([action.from, action.name]);
    if (seen.has(key)) throw invalidParameter(`actions[${index}].name`, TWICE);
    seen.add(key);
    return action;
  });
}

function readAction({ domain, app }: SettingChange, sent: Parameters): ProcessAction {
  const filterCond = readText(sent, "filterCond", "");
  checkCondition(domain, asPreview(app), filterCond);
  const type = readChoice(sent, "type", ["PRIMARY", "SECONDARY"], "PRIMARY");
  const executable = sent["executableUser"] === undefined ? {} : readObject(sent, "executableUser");
  return {
    name: readBoundedText(sent, "name", NAME),
    from: readBoundedText(sent, "from", NAME),
    to: readBoundedText(sent, "to", NAME),
    filterCond,
    type,
    ...(type === "SECONDARY" && {
      executableUser: {
        entities: readObjects(executable, "entities").map((entity) =>
          readEntity(domain, app, entity, ENTITIES),
        ),
      },
    }),
  };
}

function switchFields({ fields }: AppSettings, enabled: boolean): AppSettings["fields"] {
  const isSwitched = (type: string) => type === "STATUS" || type === "STATUS_ASSIGNEE";
  return new Map(
    [...fields].map(([code, field]) => [code, isSwitched(field.type) ? { ...field, enabled } : field]),
  );
}
