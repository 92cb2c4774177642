import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

import { load } from "js-yaml";
import { describe, expect, it } from "vitest";

import { commandsIn } from "../../support/markdown-commands";
import { actions, commands, jobs, texts, workflows } from "../../support/workflows";

/** One Go module without a package for npm: it checks more than the schema does, and is built once into Go's cache. */
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

const allTexts = Object.entries(texts);
const scripts = (
  JSON.parse(readFileSync("package.json", "utf8")) as { scripts?: Record<string, string> }
).scripts;

/** Each match of the pattern's first group, once. */
function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
}

describe("actionlint", () => {
  const goRun = (...args: string[]) =>
    spawnSync("go", ["run", ACTIONLINT, ...args], {
      encoding: "utf8",
      // CI allows no other Go than the lab's: a release that asks for a newer one would be skipped.
      env: { ...process.env, GOTOOLCHAIN: "auto" },
    });

  it("finds nothing", { timeout: 180_000 }, ({ skip }) => {
    const built = goRun("-version");
    if (built.error) skip("there is no Go on the PATH");
    if (built.status !== 0) skip(`it cannot be fetched: ${built.stderr.trim()}`);

    const { status, stdout } = goRun("-no-color", "-oneline");
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});

describe("what workflows run exists", () => {
  it.each(allTexts)("%s: npm scripts", (_path, text) => {
    const names = named(text, /\bnpm (?:run )?(?!ci\b|run\b)([\w:]+)/g);
    expect(names.filter((name) => scripts?.[name] === undefined)).toEqual([]);
  });

  it.each(allTexts)("%s: files", (_path, text) => {
    const files = [
      ...named(text, /((?:scripts|\.github)\/[\w./-]+\.(?:ts|jq))/g),
      ...named(text, /(docs\/[\w-]+\.md)/g),
      ...named(text, /go-version-file: (\S+)/g),
      ...named(text, /--policy-pack (\S+)/g).map((pack) => `${pack}/PulumiPolicy.yaml`),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it.each(jobs)("%s: stacks", (_job, { strategy, steps }) => {
    const stacks = [
      ...(strategy?.matrix["stack"] ?? []),
      ...named(commands(steps), /--stack (\w+)/g),
      ...steps.map((step) => step.with?.["stack"]),
    ].filter((stack) => typeof stack === "string" && !stack.includes("${{"));
    expect(stacks.filter((stack) => !existsSync(`Pulumi.${String(stack)}.yaml`))).toEqual([]);
  });

  it.each(jobs)("%s: own actions, with all that they ask for", (_job, { steps }) => {
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

  // actions/setup-go allows the version that it installs and no other.
  it.each(stepsOf)("%s: others' modules may ask for a newer one", (_name, steps) => {
    const others = steps.filter(({ run }) => /\bgo (install|run) .*\w@\w/.test(run ?? ""));
    expect(others.filter(({ env }) => env?.["GOTOOLCHAIN"] !== "auto")).toEqual([]);
  });

  it("of the lab's modules, the one that workflows install it by asks for the newest", () => {
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

describe("what workflows trust", () => {
  it.each(allTexts)("%s: others' actions are pinned by digest, the version beside", (_p, text) => {
    const uses = named(text, /uses: (.+)/g).filter((action) => !action.startsWith("./"));
    expect(uses.filter((use) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  });

  it("an action has one version everywhere", () => {
    const pins = named(Object.values(texts).join("\n"), /uses: ([\w-]+\/.+)/g);
    expect(named(pins.join("\n"), /^(.+)@/gm)).toHaveLength(pins.length);
  });

  it.each(Object.entries(workflows))("%s: no pull request runs with our rights", (_f, { on }) => {
    expect(Object.keys(on)).not.toContain("pull_request_target");
    expect(Object.keys(on)).not.toContain("workflow_run");
  });

  it.each(allTexts)("%s: no long-lived secret", (_path, text) => {
    expect(text).not.toMatch(/\bsecrets\.|credentials_json|PULUMI_ACCESS_TOKEN/);
  });

  it.each(jobs)("%s: the checkout leaves no token behind", (_job, { steps }) => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });
});

describe("what workflows may do", () => {
  it.each(Object.entries(workflows))("%s: nothing by default", (_file, { permissions }) => {
    expect(permissions).toEqual({});
  });

  it.each(jobs)("%s: declares permissions, a time limit and a group", (_name, job) => {
    expect(job.permissions).toBeDefined();
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(job.concurrency?.group).toBeTruthy();
  });

  it.each(jobs)("%s: writes to the repository only where it runs none of it", (_name, job) => {
    const writes = Object.entries(job.permissions ?? {}).filter(
      ([scope, access]) => access === "write" && scope !== "id-token",
    );
    const checksOut = job.steps.some(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(writes.length > 0 && checksOut).toBe(false);
  });

  it.each(jobs.filter(([, { permissions }]) => permissions?.["id-token"]))(
    "%s: has an identity in the cloud by an environment alone",
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

  it("stacks are changed by six jobs, and no other", () => {
    expect(changing.map(([name]) => name).sort()).toEqual(
      ["deploy", "destroy", "renew"].flatMap((file) => [
        `${file}.yml/client`,
        `${file}.yml/server`,
      ]),
    );
  });

  it.each(changing)("%s: one at a time for its stack, never cut off", (name, job) => {
    expect(job.concurrency).toEqual({
      group: `stack-${name.split("/")[1] ?? ""}`,
      "cancel-in-progress": false,
    });
  });

  // One run is kept pending per group: a check that waits there would take the place of an update.
  it("only updates wait in a stack's group", () => {
    const waiting = jobs.filter(([, { concurrency }]) => concurrency?.group.startsWith("stack-"));
    expect(waiting.map(([name]) => name)).toEqual(changing.map(([name]) => name));
  });

  it("what looks for drift takes no lock, and so may run beside an update", () => {
    const looking = jobs.filter(([, { steps }]) => commands(steps).includes("pulumi refresh"));
    expect(looking.map(([name, { concurrency }]) => [name, concurrency?.group])).toEqual([
      ["drift.yml/refresh", "drift-${{ matrix.stack }}"],
    ]);
    for (const [, { steps }] of looking) {
      expect(commands(steps)).toMatch(/pulumi refresh .*--preview-only/);
    }
  });

  it("a refresh that was cut off says nothing about drift", () => {
    expect(workflows["drift.yml"]?.jobs["report"]?.if).toContain(
      `contains(fromJSON('["success","failure"]'), needs.refresh.result)`,
    );
  });

  it.each(changing)("%s: updates whole stacks under the policy pack alone", (_name, { steps }) => {
    const updates = commands(steps).match(/pulumi up .*/g) ?? [];
    expect(updates.filter((update) => !/--(policy-pack policy|target) /.test(update))).toEqual([]);
  });

  it("the server comes first, and goes last", () => {
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

  // A job without rules is in no pipeline of a merge request.
  it("checks in all pipelines in which anything else runs", () => {
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

  it.skipIf(!hasJq())("names what may not be deleted, by what was deployed", () => {
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
