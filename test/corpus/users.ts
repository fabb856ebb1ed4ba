import type { User } from "../../src/model/directory.ts";
import type { IssueCode } from "../../src/model/issue.ts";
import { user } from "../builders.ts";

/** Who the spellings are looked up among. */
export const people: readonly User[] = [
  user("anna"),
  user("ben", { userName: "Ben.Suzuki@Example.co.jp", emails: ["ben@example.co.jp"] }),
  user("sean", { userName: "sean.o'brien@example.co.jp", emails: ["sean@example.co.jp"] }),
  user("ops", { userName: "ops+aws@example.co.jp", emails: ["ops@example.co.jp"] }),
  user("carol", { enabled: false }),
  user("twin", { id: user("twin-1").id, emails: ["twins@example.co.jp"] }),
  user("TWIN", { id: user("twin-2").id, emails: ["Twins@example.co.jp"] }),
  user("dora", { userName: "dora", emails: ["dora@partner.example"] }),
  user("emi", { userName: "ｅｍｉ@example.co.jp" }),
  user("juergen", { userName: "jürgen@example.co.jp", emails: ["juergen@example.co.jp"] }),
  user("hanako", { userName: "花子@example.co.jp", emails: ["hanako@example.co.jp"] }),
  user("0042"),
  user("nameless", { userName: "", emails: [] }),
];

export type Expected =
  | { readonly found: string }
  | { readonly code: IssueCode }
  | { readonly waiting: string };

/** One entry of the users field and whom it stands for. */
export interface UserSpelling {
  readonly about: string;
  readonly text: string;
  /** Whether it is a user of a USER_SELECT field or an entry of a text. */
  readonly from: "user-field" | "text";
  readonly match: "userName" | "email";
  /** Minutes since the record was last updated; waiting ends after 60. */
  readonly age: number;
  readonly expected: Expected;
}

interface Spelling extends Partial<Pick<UserSpelling, "from" | "match" | "age">> {
  readonly about: string;
  readonly text: string;
}

const all = (expected: Expected, spellings: readonly Spelling[]): readonly UserSpelling[] =>
  spellings.map((spelling) => ({ from: "text", match: "userName", age: 1_440, ...spelling, expected }));

const email = "email";

export const userSpellings: readonly UserSpelling[] = [
  ...all({ found: "user-anna" }, [
    { about: "the login name", text: "anna" },
    { about: "the login name from a user field", text: "anna", from: "user-field" },
    { about: "the login name in capitals", text: "ANNA" },
    { about: "the login name as names are written", text: "Anna" },
    { about: "the address", text: "anna@example.co.jp" },
    { about: "the address from a user field", text: "anna@example.co.jp", from: "user-field" },
    { about: "the address in mixed case", text: "Anna@Example.CO.JP" },
    { about: "the address by e-mail", text: "anna@example.co.jp", match: email },
    { about: "a guest of a guest space", text: "guest/anna@example.co.jp", from: "user-field" },
    { about: "the login name by e-mail", text: "anna", match: email },
    { about: "full-width letters", text: "ａｎｎａ" },
    { about: "full-width capitals", text: "ＡＮＮＡ" },
    { about: "a full-width at sign", text: "anna＠example.co.jp" },
    { about: "a full-width full stop", text: "anna@example．co．jp" },
    { about: "a blank behind it", text: "anna " },
    { about: "a full-width blank in front of it", text: "\u3000anna" },
    { about: "a no-break space behind it", text: "anna@example.co.jp\u00A0" },
    { about: "a byte order mark in front of it", text: "\uFEFFanna" },
    { about: "a tab in front of it", text: "\tanna" },
    { about: "a line end behind it", text: "anna\r\n" },
    { about: "a comma behind it", text: "anna," },
    { about: "an ideographic comma behind it", text: "anna、" },
    { about: "twice", text: "anna\nAnna" },
    { about: "once by login name and once by address", text: "anna, anna@example.co.jp" },
    { about: "a record that was just made", text: "anna", age: 0 },
  ]),
  ...all({ found: "user-ben" }, [
    { about: "the address in small letters", text: "ben.suzuki@example.co.jp" },
    { about: "the login name in small letters", text: "ben.suzuki" },
    { about: "the login name in capitals from a user field", text: "BEN.SUZUKI", from: "user-field" },
    { about: "another address by e-mail", text: "ben@example.co.jp", match: email },
    { about: "a short login name by e-mail", text: "ben", match: email },
  ]),
  ...all({ found: "user-sean" }, [
    { about: "an apostrophe", text: "sean.o'brien" },
    { about: "a full-width apostrophe", text: "sean.o＇brien@example.co.jp" },
  ]),
  ...all({ found: "user-ops" }, [
    { about: "a plus sign", text: "ops+aws@example.co.jp" },
    { about: "a full-width plus sign", text: "ops＋aws" },
    { about: "no plus sign by e-mail", text: "ops@example.co.jp", match: email },
  ]),
  ...all({ found: "user-dora" }, [
    { about: "an address in another domain by e-mail", text: "dora@partner.example", match: email },
  ]),
  ...all({ found: "user-emi" }, [
    { about: "a user name that Identity Center has in full-width letters", text: "emi" },
    { about: "the same in full-width letters", text: "ｅｍｉ" },
  ]),
  ...all({ found: "user-juergen" }, [
    { about: "an umlaut", text: "jürgen" },
    { about: "an umlaut in capitals", text: "JÜRGEN" },
    { about: "an umlaut typed as two characters", text: "ju\u0308rgen" },
  ]),
  ...all({ found: "user-hanako" }, [
    { about: "a name in kanji", text: "花子" },
    { about: "an address in kanji", text: "花子@EXAMPLE.co.jp" },
  ]),
  ...all({ found: "user-0042" }, [
    { about: "a staff number", text: "0042" },
    { about: "a staff number in full-width digits", text: "００４２" },
  ]),
  ...all({ code: "user.disabled" }, [
    { about: "a disabled user", text: "carol" },
    { about: "a disabled user in capitals from a user field", text: "CAROL", from: "user-field" },
    { about: "a disabled user in a young record", text: "carol", age: 0 },
  ]),
  ...all({ code: "user.ambiguous" }, [
    { about: "two users whose names differ in case", text: "twin" },
    { about: "two users, spelled like the second", text: "TWIN@example.co.jp" },
    { about: "two users with one address", text: "twins@example.co.jp", match: email },
    { about: "two users in a young record", text: "twin", age: 0 },
  ]),
  ...all({ code: "user.unknown" }, [
    { about: "nobody of that name", text: "zoe" },
    { about: "nobody of that name from a user field", text: "zoe", from: "user-field" },
    { about: "a slip of the pen", text: "ana" },
    { about: "a staff number that lost its zeros", text: "42" },
    { about: "a display name", text: "Anna Tanaka" },
    { about: "a Japanese display name", text: "田中 杏奈" },
    { about: "an address in another domain", text: "anna@example.com" },
    { about: "an at sign and nothing behind it", text: "anna@" },
    { about: "a name in angle brackets", text: "Anna <anna@example.co.jp>" },
    { about: "a mailto link", text: "mailto:anna@example.co.jp" },
    { about: "a semicolon between two", text: "anna;ben" },
    { about: "a blank between two", text: "anna ben" },
    { about: "a mention", text: "@anna" },
    { about: "a full stop behind it", text: "anna@example.co.jp." },
    { about: "quotes around it", text: '"anna"' },
    { about: "a domain account of Windows", text: "EXAMPLE\\anna" },
    { about: "the id of the identity store", text: "user-anna" },
    { about: "a name without the umlaut", text: "jurgen" },
    { about: "a login name that gets a domain although its user has none", text: "dora" },
    { about: "the user name when e-mail counts", text: "ben.suzuki@example.co.jp", match: email },
    { about: "the e-mail address when the user name counts", text: "ben@example.co.jp" },
    { about: "the domain alone", text: "@example.co.jp" },
    { about: "a star", text: "*" },
    { about: "everybody", text: "everyone" },
    { about: "a property that every object has", text: "__proto__" },
    { about: "a template's own placeholder", text: "{code}" },
    { about: "a replacement pattern", text: "$&" },
    { about: "a number with a decimal point from a spreadsheet", text: "42.0" },
    { about: "ornamental letters", text: "𝐚𝐧𝐧𝐚" },
    { about: "all letters Cyrillic", text: "\u0430\u043D\u043D\u0430" },
    { about: "an hour after the record was made", text: "zoe", age: 60 },
  ]),
  ...all({ code: "text.invisible-character" }, [
    { about: "a zero-width space in the middle", text: "an\u200Bna" },
    { about: "a zero-width space behind it", text: "anna\u200B" },
    { about: "a word joiner", text: "anna\u2060@example.co.jp" },
    { about: "a direction mark copied from a mail", text: "\u200Eanna@example.co.jp" },
    { about: "a direction mark in a user field", text: "anna\u202D", from: "user-field" },
    { about: "half of a surrogate pair", text: "anna\uD800" },
  ]),
  ...all({ code: "text.look-alike-character" }, [
    { about: "one Cyrillic letter", text: "\u0430nna" },
    { about: "one Greek letter in the domain", text: "anna@ex\u03B1mple.co.jp" },
    { about: "one Cyrillic letter in a user field", text: "ann\u0430", from: "user-field" },
  ]),
  ...all({ code: "field.too-long" }, [{ about: "a name of 3,000 letters", text: "a".repeat(3_000) }]),
  ...all({ waiting: "zoe@example.co.jp" }, [
    { about: "a new colleague in a record of this minute", text: "zoe", age: 0 },
    { about: "a new colleague after 59 minutes", text: "zoe", age: 59 },
    { about: "a new colleague from a user field", text: "zoe", from: "user-field", age: 5 },
    { about: "a new colleague by address", text: "zoe@example.co.jp", age: 5 },
    { about: "a new colleague by e-mail", text: "zoe", match: email, age: 5 },
    { about: "a new colleague, twice", text: "zoe、zoe", age: 5 },
    { about: "a record from a clock that is ahead", text: "zoe", age: -10 },
  ]),
  ...all({ waiting: "Zoe@Example.co.jp" }, [
    { about: "a new colleague in the case that was typed", text: "Zoe@Example.co.jp", age: 5 },
  ]),
];
