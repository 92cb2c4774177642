// Plain JavaScript without dependencies, because it runs before the packages are installed.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(import.meta.dirname, "../..");

/** Runs a TypeScript program of the project, after it has installed the npm packages. */
export async function runWithPackages(program) {
  try {
    await ensurePackages();
  } catch (error) {
    console.error(`Cannot install the npm packages: ${error.message}`);
    process.exit(1);
  }
  const require = createRequire(import.meta.url);
  require("tsx/cjs/api").register();
  require(fileURLToPath(program));
}

/** Runs `npm ci` if node_modules does not have the packages of package-lock.json. */
async function ensurePackages() {
  if (areInstalled()) return;
  // Only one process at a time: `npm ci` removes the packages that another `npm ci` has just installed.
  const locks = join(tmpdir(), `istio-mtls-lab-${userInfo().uid}`);
  mkdirSync(locks, { recursive: true, mode: 0o700 });
  const lock = join(locks, Buffer.from(root).toString("base64url").slice(-80));
  const command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const locked = process.platform === "linux" ? ["flock", "--exclusive", lock] : [];
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  console.log("Installing the npm packages of package-lock.json");
  const heartbeat = setInterval(() => {
    console.log(`  … npm ci ${seconds()} s`);
  }, 10_000);
  try {
    await run([...locked, ...command]);
  } finally {
    clearInterval(heartbeat);
  }
  if (!areInstalled()) {
    throw new Error(
      "npm ci ran, but node_modules does not match package-lock.json: run npm ci by hand to see why",
    );
  }
  console.log(`  ✓ npm ci ${seconds()} s`);
}

function areInstalled() {
  const wanted = readPackages("package-lock.json");
  const found = readPackages("node_modules/.package-lock.json");
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    path === "" || (optional && !found[path]) ? true : found[path]?.version === version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

function run([command, ...args]) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (chunk) => (errors = (errors + chunk).slice(-4000)));
    child.once("error", fail);
    child.once("close", (code) => {
      if (code === 0) done();
      else fail(new Error(`npm ci ended with ${code}\n${errors.trim()}`));
    });
  });
}
