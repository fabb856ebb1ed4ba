import { isEntity, usersOf } from "./access-rights.ts";
import { inOrder, type ProcessAction } from "./app-settings.ts";
import type { Call } from "./call.ts";
import { nameUser, type StoredRecord, toMinute } from "./kintone-domain.ts";
import {
  entityNotFound,
  invalidParameter,
  KintoneApiError,
  type Message,
  notPermitted,
  REQUIRED_PARAMETER,
} from "./kintone-api-error.ts";
import type { Named } from "./kintone-seed.ts";
import {
  type Parameters,
  readBatch,
  readId,
  readInteger,
  readList,
  readText,
  requiring,
} from "./request-parameters.ts";
import { matchesCondition } from "./select-records.ts";
import { atOnce, checkRevision, findRecord } from "./write-records.ts";

const NOT_SELECTABLE: Message = { ja: "作業者に指定できません。", en: "The user cannot be an assignee." };

/** Moves a record on by an action of process management; its revision grows by two. Throws GAIA_ST02, GAIA_IL03. */
export function changeStatus(call: Call): object {
  return { revision: String(act(call, call.parameters).revision) };
}

/** Moves up to 100 records on, all or none. Throws as changeStatus does. */
export function changeStatuses(call: Call): object {
  const items = readBatch(call.parameters, "records", { ja: "更新", en: "updated" });
  const moved = atOnce(call.app, () => items.map((item) => act(call, item)));
  return { records: moved.map(({ id, revision }) => ({ id: String(id), revision: String(revision) })) };
}

/** Names the people who have to act on a record next. Throws GAIA_ST02, GAIA_IL26. */
export function changeAssignees({ domain, app, actor, parameters }: Call): object {
  requireProcess(app.live.process.enable);
  const record = findRecord(app, actor, readId(parameters, "id"));
  checkRevision(record, readInteger(parameters, "revision"));
  const assignees = readList(requiring(parameters, "assignees"), "assignees").map((code): Named => {
    if (!domain.users.has(String(code))) throw entityNotFound("USER", String(code));
    return nameUser(domain, String(code));
  });
  const changed = { ...record, assignees, revision: record.revision + 1 };
  app.records.set(record.id, changed);
  return { revision: String(changed.revision) };
}

/** A button on a record. */
export interface ShownAction {
  readonly name: string;
  /** Of whom one has to be chosen as the next to act; empty where none has to be. */
  readonly assignees: readonly Named[];
}

/** The actions that the person may take on a record as it is; none without process management. */
export function listActions(call: Call, id: number): readonly ShownAction[] {
  const { domain, app, actor } = call;
  const { process } = app.live;
  if (!process.enable) return [];
  const record = findRecord(app, actor, id);
  const open = (process.actions ?? []).filter(
    (action) =>
      action.from === record.status &&
      matchesCondition(domain, app, action.filterCond, record, actor.user.code) &&
      mayAct(call, action, record),
  );
  return open.map(({ name, to }) => {
    const { isOne, users } = nextUsers(call, to, record);
    return { name, assignees: isOne ? users : [] };
  });
}

function act(call: Call, sent: Parameters): StoredRecord {
  const { domain, app, actor } = call;
  const { process } = app.live;
  requireProcess(process.enable);
  const record = findRecord(app, actor, readId(sent, "id"));
  checkRevision(record, readInteger(sent, "revision"));
  const name = readText(sent, "action", "");
  if (name === "") throw invalidParameter("action", REQUIRED_PARAMETER);
  const action = (process.actions ?? []).find((known) => known.name === name && known.from === record.status);
  const holds = action && matchesCondition(domain, app, action.filterCond, record, actor.user.code);
  if (action === undefined || holds !== true) throw notAnAction();
  if (!mayAct(call, action, record)) throw notPermitted();
  const moved: StoredRecord = {
    ...record,
    status: action.to,
    assignees: nextAssignees(call, action, record, readText(sent, "assignee", "")),
    revision: record.revision + 2,
    modifier: actor.user,
    updatedAt: toMinute(domain.now()),
  };
  app.records.set(record.id, moved);
  return moved;
}

/** Assignees act by primary actions; where there are none, anyone does. Secondary ones are for those they name. */
function mayAct({ app, actor }: Call, action: ProcessAction, record: StoredRecord): boolean {
  if (action.type === "PRIMARY")
    return record.assignees.length === 0 || record.assignees.some(({ code }) => code === actor.user.code);
  const entities = action.executableUser?.entities ?? [];
  const { person } = actor;
  if (entities.length === 0) return true;
  return person !== undefined && entities.some(({ entity }) => isEntity(app, person, entity, record));
}

/** Who may act in a state, and whether it is one of them. */
function nextUsers(
  { domain, app }: Call,
  stateName: string,
  record: StoredRecord,
): { readonly isOne: boolean; readonly users: readonly Named[] } {
  const state = inOrder(app.live.process).find(({ name }) => name === stateName);
  const users = usersOf(domain, app, state?.assignee.entities ?? [], record);
  return { isOne: state?.assignee.type === "ONE" && users.length > 0, users };
}

function nextAssignees(
  call: Call,
  action: ProcessAction,
  record: StoredRecord,
  chosen: string,
): readonly Named[] {
  const { isOne, users } = nextUsers(call, action.to, record);
  if (!isOne) return users;
  if (chosen === "") throw invalidParameter("assignee", REQUIRED_PARAMETER);
  const found = users.filter(({ code }) => code === chosen);
  if (found.length === 0) throw invalidParameter("assignee", NOT_SELECTABLE);
  return found;
}

function requireProcess(isEnabled: boolean): void {
  if (isEnabled) return;
  throw new KintoneApiError(400, "GAIA_ST02", {
    ja: "操作に失敗しました。プロセス管理機能が無効化されています。",
    en: "Your request failed. The process management feature has been disabled.",
  });
}

function notAnAction(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_IL03", {
    ja: "指定したアクションを実行できません。ほかのユーザーがステータスを変更した可能性があります。",
    en: "The specified action cannot be run. Someone may have changed the status.",
  });
}
