import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Bench } from "../../../checks/check";
import { searchKeys } from "../../../checks/toolkit/key-search";
import { noKeyLeft } from "../../../checks/suites/no-key-left";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const PKCS8 = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const SEC1 = privateKey.export({ format: "pem", type: "sec1" }).toString();
const PUBLIC = publicKey.export({ format: "pem", type: "spki" }).toString();

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "key-search-"));
  mkdirSync(join(folder, "logs"));
  writeFileSync(join(folder, "logs", "clean.log"), `nothing here\n${PUBLIC}`);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function problemsWith(content: string | Buffer) {
  writeFileSync(join(folder, "logs", "found"), content);
  return (await searchKeys([{ name: "run", path: folder }])).problems;
}

test("a folder without keys has no problem, and says how much was searched", async () => {
  expect(await searchKeys([{ name: "run", path: folder }])).toEqual({ problems: [], files: 1 });
});

test.each([
  ["PKCS #8", PKCS8],
  ["SEC 1", SEC1],
  ["RSA", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
  ["JSON", JSON.stringify({ key: PKCS8 })],
  ["gzip", gzipSync(PKCS8)],
])("a PEM key in %s is found, and named without its content", async (_, content) => {
  const problems = await problemsWith(content);

  expect(problems).toContain("run/logs/found: a PEM key");
  expect(problems.join()).not.toContain(SEC1.split("\n")[1]);
});

test.each([0, 1, 2])("a PEM key in base64 is found, %i bytes into it", async (offset) => {
  for (const pem of [PKCS8, SEC1]) {
    const content = Buffer.from(" ".repeat(offset) + pem).toString("base64");
    expect(await problemsWith(content)).toEqual(["run/logs/found: a PEM key in base64"]);
  }
});

test.each([PKCS8, SEC1])("a key's body without its first and last line is found", async (pem) => {
  const body = pem.split("\n").slice(1, -2).join("");

  expect(await problemsWith(body)).toEqual(["run/logs/found: a key's body"]);
});

test("a key across two reads of a large file is found", async () => {
  const READ = 64 * 1024;
  for (const before of [READ - 1, READ - 5, READ - 10]) {
    expect(await problemsWith("x".repeat(before) + "PRIVATE KEY" + "x".repeat(READ))).toEqual([
      "run/logs/found: a PEM key",
    ]);
  }
});

test("a text that was shown is searched, too", async () => {
  const { problems } = await searchKeys([
    { name: "outputs of the server", text: `rootCertPem: …\nkey: ${PKCS8}` },
    { name: "outputs of the client", text: PUBLIC },
  ]);

  expect(problems).toContain("outputs of the server: a PEM key");
  expect(problems.join()).not.toContain("client");
});

test("a folder that is missing or empty is a problem: nothing was looked at", async () => {
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "empty", "file"), "");
  const { problems } = await searchKeys([
    { name: "missing", path: join(folder, "missing") },
    { name: "empty", path: join(folder, "empty") },
    { name: "nothing", text: "" },
  ]);

  expect(problems).toEqual([
    expect.stringMatching(/^missing: ENOENT/),
    "empty: there is nothing in it to search",
    "nothing: there is nothing in it to search",
  ]);
});

test("links are not followed: they may lead round in a circle", async () => {
  symlinkSync(folder, join(folder, "logs", "round"));

  expect(await searchKeys([{ name: "run", path: folder }])).toEqual({ problems: [], files: 1 });
});

test("a file that cannot be unpacked is a problem", async () => {
  const [problem] = await problemsWith(gzipSync(PKCS8).subarray(0, 40));

  expect(problem).toMatch(/^run/);
});

test("the check fails on a key, passes without, and is skipped where there is nothing to search", async () => {
  const run = (artifacts?: object) =>
    noKeyLeft[0]?.run({ meshes: { artifacts } } as never as Bench);

  expect(await run()).toEqual({ skipped: "no state or log to search was given" });
  expect(await run([{ name: "run", path: folder }])).toEqual({
    pass: true,
    observed: "none in 1 files",
  });
  expect(await run([{ name: "text", text: SEC1 }])).toMatchObject({ pass: false });
  expect(await run([])).toMatchObject({ pass: false });
});
