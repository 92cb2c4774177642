import { existsSync, lstatSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { listHostFiles } from "../../../../lab/images/host-commands";

describe("the files of an image that come from this machine", () => {
  test("are the command, its libraries and the loader", async () => {
    const files = await listHostFiles(["tar"], []);

    expect(files.filter((file) => file.endsWith("/tar"))).toHaveLength(1);
    expect(files.filter((file) => file.includes("/libc.so"))).not.toEqual([]);
    expect(files.filter((file) => file.includes("/ld-linux"))).not.toEqual([]);
  });

  test("include what a symbolic link leads to", async () => {
    // On Debian, sh is a link to dash; elsewhere it is a link to bash.
    const files = await listHostFiles(["sh"], []);
    const link = files.find((file) => file.endsWith("/sh")) ?? "";

    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(files.filter((file) => /\/(da|ba)sh$/.test(file))).not.toEqual([]);
  });

  test("include the libraries of a program that is not a command", async () => {
    const files = await listHostFiles([], [process.execPath]);

    expect(files).not.toContain(process.execPath);
    expect(files.filter((file) => file.includes("libc.so"))).not.toEqual([]);
  });

  test("exist, and none is named for a command that this machine does not have", async () => {
    expect((await listHostFiles(["tar", "sh"], [])).filter((file) => !existsSync(file))).toEqual(
      [],
    );
    expect(await listHostFiles(["no-such-command"], [])).toEqual([]);
  });
});
