import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterEach, beforeEach, expect, test } from "vitest";

import { searchForKeys } from "../../../../checks/toolkit/key-search";

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
  return (await searchForKeys([{ name: "run", path: folder }])).problems;
}

test("a folder without keys has no problem, and the number of files is counted", async () => {
  expect(await searchForKeys([{ name: "run", path: folder }])).toEqual({ problems: [], files: 1 });
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

test.each([PKCS8, SEC1])("a key without its first and last line is found", async (pem) => {
  const body = pem.split("\n").slice(1, -2).join("");

  expect(await problemsWith(body)).toEqual(["run/logs/found: the body of a key"]);
});

test("a key that lies across two reads of a large file is found", async () => {
  const READ = 64 * 1024;
  for (const before of [READ - 1, READ - 5, READ - 10]) {
    expect(await problemsWith("x".repeat(before) + "PRIVATE KEY" + "x".repeat(READ))).toEqual([
      "run/logs/found: a PEM key",
    ]);
  }
});

test("printed text is searched too", async () => {
  const { problems } = await searchForKeys([
    { name: "outputs of the server", text: `rootCertPem: …\nkey: ${PKCS8}` },
    { name: "outputs of the client", text: PUBLIC },
  ]);

  expect(problems).toContain("outputs of the server: a PEM key");
  expect(problems.join()).not.toContain("client");
});

test("a missing or empty artifact is a problem, because nothing was searched", async () => {
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "empty", "file"), "");
  const { problems } = await searchForKeys([
    { name: "missing", path: join(folder, "missing") },
    { name: "empty", path: join(folder, "empty") },
    { name: "nothing", text: "" },
  ]);

  expect(problems).toEqual([
    expect.stringMatching(/^missing: ENOENT/),
    "empty: is empty, so nothing was searched",
    "nothing: is empty, so nothing was searched",
  ]);
});

test("links are not followed, because they may lead in a circle", async () => {
  symlinkSync(folder, join(folder, "logs", "round"));

  expect(await searchForKeys([{ name: "run", path: folder }])).toEqual({ problems: [], files: 1 });
});

test("a file that cannot be unpacked is a problem", async () => {
  const [problem] = await problemsWith(gzipSync(PKCS8).subarray(0, 40));

  expect(problem).toMatch(/^run/);
});
