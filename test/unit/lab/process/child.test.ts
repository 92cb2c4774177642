import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { Child } from "../../../../lab/process/child";
import { until } from "../../../../lab/process/until";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();

describe("a child process", () => {
  const start = (script: string) =>
    new Child({
      name: "sample",
      command: "sh",
      args: ["-c", script],
      log: join(folder(), "sample.log"),
    });

  test("that ends also ends the wait for it at once, with the last lines of its log", async () => {
    const child = start("echo first; echo last >&2; exit 3");
    const wait = until("never", () => undefined, { alive: [child], everyMs: 10 });

    await expect(wait).rejects.toThrow(
      /^sample ended with code 3\n {2}\| first\n {2}\| last\n\(log: .*sample\.log\)$/,
    );
  });

  test("that cannot start says so", async () => {
    const child = new Child({
      name: "sample",
      command: "/no/such/program",
      args: [],
      log: join(folder(), "sample.log"),
    });

    expect(await child.ended).toBe("ended with code 127");
    expect(readFileSync(child.log, "utf8")).toContain("/no/such/program");
  });

  test("that ignores SIGTERM is killed", async () => {
    const child = start('trap "" TERM; echo ready; while :; do sleep 0.05; done');
    await until("ready", () => readFileSync(child.log, "utf8").includes("ready") || undefined);

    await child.stop(50);

    expect(await child.ended).toBe("was ended by SIGKILL");
  });

  test("that is restarted has not ended, until it ends by itself", async () => {
    const child = start(
      `echo started; [ "$(grep -c started ${join(folder(), "sample.log")})" -gt 1 ] && exit 4; sleep 60`,
    );
    await until("a start", () => readFileSync(child.log, "utf8").includes("started") || undefined);
    await child.restart();
    expect(await child.ended).toBe("ended with code 4");
  });

  test("does not see the user's environment", async () => {
    process.env["HTTPS_PROXY"] = "http://proxy.example";
    const child = start("env");
    await child.ended;
    delete process.env["HTTPS_PROXY"];

    expect(readFileSync(child.log, "utf8")).not.toContain("PROXY");
  });
});
