declare const brand: unique symbol;

type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Twelve digits of an AWS account. */
export type AccountId = Branded<"AccountId">;
/** ARN of a permission set. */
export type PermissionSetArn = Branded<"PermissionSetArn">;
/** Name of a permission set, unique within an instance and compared to the letter. */
export type PermissionSetName = Branded<"PermissionSetName">;
/** Identity Store id of a user or a group. */
export type PrincipalId = Branded<"PrincipalId">;
/** Id of an asynchronous Identity Center operation. */
export type RequestId = Branded<"RequestId">;

export const accountId = (text: string): AccountId => text as AccountId;
export const permissionSetArn = (text: string): PermissionSetArn => text as PermissionSetArn;
export const permissionSetName = (text: string): PermissionSetName => text as PermissionSetName;
export const principalId = (text: string): PrincipalId => text as PrincipalId;
export const requestId = (text: string): RequestId => text as RequestId;
