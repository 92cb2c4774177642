import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

import { load } from "js-yaml";
import { describe, expect, test } from "vitest";

import { commandsIn } from "../../../scripts/markdown-commands";
import { actions, commands, jobs, texts, workflows } from "../../support/workflows";

/** A Go module, because npm has no package of it. It checks more than the schema does. Go builds it once into its cache. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

const allTexts = Object.entries(texts);
const scripts = (
  JSON.parse(readFileSync("package.json", "utf8")) as { scripts?: Record<string, string> }
).scripts;

/** The first group of each match, without duplicates. */
function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
}

describe("actionlint", () => {
  const goRun = (...args: string[]) =>
    spawnSync("go", ["run", ACTIONLINT, ...args], {
      encoding: "utf8",
      // CI allows only the lab's Go version by default, and actionlint may need a newer one.
      env: { ...process.env, GOTOOLCHAIN: "auto" },
    });

  test("finds nothing", { timeout: 180_000 }, ({ skip }) => {
    const built = goRun("-version");
    if (built.error) skip("go is not on the PATH");
    if (built.status !== 0) skip(`actionlint cannot be downloaded: ${built.stderr.trim()}`);

    const { status, stdout } = goRun("-no-color", "-oneline");
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});

describe("files and scripts of workflows exist", () => {
  test.each(allTexts)("%s: npm scripts", (_path, text) => {
    const names = named(text, /\bnpm (?:run )?(?!ci\b|run\b)([\w:]+)/g);
    expect(names.filter((name) => scripts?.[name] === undefined)).toEqual([]);
  });

  test.each(allTexts)("%s: files", (_path, text) => {
    const files = [
      ...named(text, /((?:scripts|\.github)\/[\w./-]+\.(?:ts|jq))/g),
      ...named(text, /(docs\/[\w-]+\.md)/g),
      ...named(text, /go-version-file: (\S+)/g),
      ...named(text, /--policy-pack (\S+)/g).map((pack) => `${pack}/PulumiPolicy.yaml`),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each(jobs)("%s: stacks", (_job, { strategy, steps }) => {
    const stacks = [
      ...(strategy?.matrix["stack"] ?? []),
      ...named(commands(steps), /--stack (\w+)/g),
      ...steps.map((step) => step.with?.["stack"]),
    ].filter((stack) => typeof stack === "string" && !stack.includes("${{"));
    expect(stacks.filter((stack) => !existsSync(`Pulumi.${String(stack)}.yaml`))).toEqual([]);
  });

  test.each(jobs)("%s: the project's actions, with all their inputs", (_job, { steps }) => {
    for (const { uses, with: given } of steps.filter((step) => step.uses?.startsWith("./"))) {
      const asked = Object.keys(actions[uses ?? ""]?.inputs ?? { [`no action ${uses ?? ""}`]: {} });
      expect(Object.keys(given ?? {}).sort()).toEqual(asked.sort());
    }
  });
});

describe("Go", () => {
  const stepsOf = [
    ...jobs.map(([name, { steps }]) => [name, steps] as const),
    ...Object.entries(actions).map(([name, { runs }]) => [name, runs.steps] as const),
  ];

  // By default, actions/setup-go allows only the version that it installs.
  test.each(stepsOf)("%s: modules of other projects may need a newer version", (_name, steps) => {
    const others = steps.filter(({ run }) => /\bgo (install|run) .*\w@\w/.test(run ?? ""));
    expect(others.filter(({ env }) => env?.["GOTOOLCHAIN"] !== "auto")).toEqual([]);
  });

  test("workflows install the newest version that a module of the lab needs", () => {
    const asked = readdirSync("lab")
      .map((folder) => `lab/${folder}/go.mod`)
      .filter((file) => existsSync(file))
      .flatMap((file) =>
        named(readFileSync(file, "utf8"), /^(?:go |toolchain go)([\d.]+)$/gm).map(
          (version) => [file, version] as const,
        ),
      )
      .sort(([, one], [, other]) => other.localeCompare(one, "en", { numeric: true }));
    const installed = named(Object.values(texts).join("\n"), /go-version-file: (\S+)/g);
    expect(installed).toEqual(["lab/tools/go.mod"]);
    const newest = asked.filter(([, version]) => version === asked[0]?.[1]);
    expect(newest.map(([file]) => file)).toContain(installed[0]);
  });
});

describe("security of workflows", () => {
  test.each(allTexts)(
    "%s: actions are pinned by digest, with the version as a comment",
    (_p, text) => {
      const uses = named(text, /uses: (.+)/g).filter((action) => !action.startsWith("./"));
      expect(uses.filter((use) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual(
        [],
      );
    },
  );

  test("each action has the same version everywhere", () => {
    const pins = named(Object.values(texts).join("\n"), /uses: ([\w-]+\/.+)/g);
    expect(named(pins.join("\n"), /^(.+)@/gm)).toHaveLength(pins.length);
  });

  test.each(Object.entries(workflows))(
    "%s: pull requests never run with write access",
    (_f, { on }) => {
      expect(Object.keys(on)).not.toContain("pull_request_target");
      expect(Object.keys(on)).not.toContain("workflow_run");
    },
  );

  test.each(allTexts)("%s: uses no long-lived secret", (_path, text) => {
    expect(text).not.toMatch(/\bsecrets\.|credentials_json|PULUMI_ACCESS_TOKEN/);
  });

  test.each(jobs)("%s: the checkout does not keep the token", (_job, { steps }) => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });
});

describe("permissions of workflows", () => {
  test.each(Object.entries(workflows))("%s: none by default", (_file, { permissions }) => {
    expect(permissions).toEqual({});
  });

  test.each(jobs)(
    "%s: declares permissions, a time limit and a concurrency group",
    (_name, job) => {
      expect(job.permissions).toBeDefined();
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
      expect(job.concurrency?.group).toBeTruthy();
    },
  );

  test.each(jobs)(
    "%s: can write to the repository only if it does not check out its code",
    (_name, job) => {
      const writes = Object.entries(job.permissions ?? {}).filter(
        ([scope, access]) => access === "write" && scope !== "id-token",
      );
      const checksOut = job.steps.some(({ uses }) => uses?.startsWith("actions/checkout@"));
      expect(writes.length > 0 && checksOut).toBe(false);
    },
  );

  test.each(jobs.filter(([, { permissions }]) => permissions?.["id-token"]))(
    "%s: has a cloud identity only in an environment",
    (name, { environment, if: condition, needs }) => {
      expect(environment).toBeTruthy();
      if (name.startsWith("check.yml/")) {
        expect(condition).toContain("head.repo.full_name == github.repository");
      } else if (needs === undefined) {
        expect(condition).toContain("github.ref == 'refs/heads/main'");
      }
    },
  );
});

describe("order", () => {
  const changing = jobs.filter(([, { steps }]) => /pulumi (up|destroy)/.test(commands(steps)));

  test("only six jobs change stacks", () => {
    expect(changing.map(([name]) => name).sort()).toEqual(
      ["deploy", "destroy", "renew"].flatMap((file) => [
        `${file}.yml/client`,
        `${file}.yml/server`,
      ]),
    );
  });

  test.each(changing)("%s: runs one at a time per stack and is never cancelled", (name, job) => {
    expect(job.concurrency).toEqual({
      group: `stack-${name.split("/")[1] ?? ""}`,
      "cancel-in-progress": false,
    });
  });

  // GitHub keeps one pending run per group, so another job in the group could replace an update.
  test("only updates use a stack's group", () => {
    const waiting = jobs.filter(([, { concurrency }]) => concurrency?.group.startsWith("stack-"));
    expect(waiting.map(([name]) => name)).toEqual(changing.map(([name]) => name));
  });

  test("the drift job takes no lock, so that it can run during an update", () => {
    const looking = jobs.filter(([, { steps }]) => commands(steps).includes("pulumi refresh"));
    expect(looking.map(([name, { concurrency }]) => [name, concurrency?.group])).toEqual([
      ["drift.yml/refresh", "drift-${{ matrix.stack }}"],
    ]);
    for (const [, { steps }] of looking) {
      expect(commands(steps)).toMatch(/pulumi refresh .*--preview-only/);
    }
  });

  test("a cancelled refresh does not change the drift issue", () => {
    expect(workflows["drift.yml"]?.jobs["report"]?.if).toContain(
      `contains(fromJSON('["success","failure"]'), needs.refresh.result)`,
    );
  });

  test.each(changing)("%s: updates a whole stack only with the policy pack", (_name, { steps }) => {
    const updates = commands(steps).match(/pulumi up .*/g) ?? [];
    expect(updates.filter((update) => !/--(policy-pack policy|target) /.test(update))).toEqual([]);
  });

  test("the server is deployed first and destroyed last", () => {
    expect(workflows["deploy.yml"]?.jobs["client"]?.needs).toBe("server");
    expect(workflows["renew.yml"]?.jobs["client"]?.needs).toBe("server");
    expect(workflows["destroy.yml"]?.jobs["client"]?.needs).toBe("confirm");
    expect(workflows["destroy.yml"]?.jobs["server"]?.needs).toBe("client");
  });
});

describe("the example for GitLab", () => {
  interface GitLabJob {
    readonly stage?: string;
    readonly rules?: readonly { readonly if?: string }[];
  }
  const [example = ""] = commandsIn(readFileSync("docs/ci.md", "utf8"), "yaml");
  const pipeline = load(example) as Readonly<Record<string, GitLabJob>>;

  // A job without rules does not run in merge request pipelines.
  test("checks run in every pipeline that has other jobs", () => {
    const conditions = ({ rules = [] }: GitLabJob) => rules.map((rule) => rule.if);
    const { check = {}, ...others } = pipeline;
    expect(new Set(conditions(check))).toEqual(new Set(Object.values(others).flatMap(conditions)));
  });
});

describe("protected.jq", () => {
  const filter = ".github/actions/destroy/protected.jq";
  const protectedIn = (resources: readonly object[]) =>
    execFileSync("jq", ["--raw-output", "--from-file", filter], {
      input: JSON.stringify({ deployment: { resources } }),
      encoding: "utf8",
    });
  const cluster = (deletionProtection?: boolean) => ({
    urn: "cluster",
    type: "gcp:container/cluster:Cluster",
    outputs: { deletionProtection },
  });

  test.skipIf(!hasJq())("lists protected resources, as deployed", () => {
    expect(protectedIn([cluster(true)])).toBe("cluster: deletionProtection\n");
    expect(protectedIn([cluster()])).toBe("cluster: deletionProtection\n");
    expect(protectedIn([cluster(false), { urn: "other", type: "x" }])).toBe("");
    expect(protectedIn([{ urn: "root", type: "x", protect: true }])).toBe("root: protect\n");
  });
});

function hasJq(): boolean {
  try {
    execFileSync("jq", ["--version"]);
    return true;
  } catch {
    return false;
  }
}
