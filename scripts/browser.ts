import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

/** Commands of browsers that speak the DevTools protocol. The first one on the PATH is used. */
export const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const START_MS = 60_000;
const CLOSE_MS = 10_000;

/** How a page is shown. */
export interface View {
  readonly width: number;
  readonly scheme: "light" | "dark";
  /** @default 844 */
  readonly height?: number;
  /** Pixels of a screenshot for each pixel of the page. @default 1 */
  readonly scale?: number;
}

/** A node of the accessibility tree, as a screen reader gets it. */
export interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

/** A browser without a window, driven over a pipe. It needs no package of its own. */
export class Browser implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #input: Writable;
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #events: { method: string; wake: () => void }[] = [];
  #nextId = 1;
  #session: string | undefined;

  private constructor(child: ChildProcess, profile: string) {
    this.#process = child;
    this.#profile = profile;
    this.#input = child.stdio[3] as Writable;
    this.#input.on("error", () => undefined);
    let rest = "";
    (child.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
      const parts = (rest + chunk).split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) this.#receive(JSON.parse(part) as Message);
    });
  }

  /** @throws Error when the browser does not start */
  static async start(command: string): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), "istio-mtls-browser-"));
    const args = [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"],
      ...["--disable-dev-shm-usage", `--user-data-dir=${profile}`, "--remote-debugging-pipe"],
    ];
    const child = spawn(command, args, {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const browser = new Browser(child, profile);
    const failed = new Promise<never>((_, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => {
        reject(new Error(`${command} ended with exit code ${code ?? "none"}`));
      });
      setTimeout(() => {
        reject(new Error(`${command} did not answer within ${START_MS / 1000} s`));
      }, START_MS).unref();
    });
    failed.catch(() => undefined);
    try {
      await Promise.race([browser.#attach(), failed]);
    } catch (error) {
      await browser[Symbol.asyncDispose]();
      throw error;
    }
    return browser;
  }

  async #attach(): Promise<void> {
    const { targetId } = await this.#send<{ targetId: string }>("Target.createTarget", {
      url: "about:blank",
    });
    const { sessionId } = await this.#send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    this.#session = sessionId;
    await this.#send("Page.enable");
  }

  /** Opens a file. */
  async open(file: string, { width, height = 844, scheme, scale = 1 }: View): Promise<void> {
    await this.#send("Emulation.setDeviceMetricsOverride", {
      ...{ width, height, deviceScaleFactor: scale, mobile: width < 600 },
    });
    await this.#send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
    const loaded = new Promise<void>((done) => {
      this.#events.push({ method: "Page.loadEventFired", wake: done });
    });
    await this.#send("Page.navigate", { url: pathToFileURL(resolve(file)).href });
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#send<{
      readonly result: { readonly value: T };
      readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
    }>("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    return result.value;
  }

  /** A screenshot (PNG): of the whole page, or of a part of it. */
  async screenshot({
    y = 0,
    height,
  }: { readonly y?: number; readonly height?: number } = {}): Promise<Buffer> {
    const page = await this.evaluate<{ width: number; height: number }>(
      "({width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight})",
    );
    const clip = { x: 0, y, width: page.width, height: height ?? page.height - y, scale: 1 };
    const { data } = await this.#send<{ data: string }>("Page.captureScreenshot", {
      ...{ format: "png", captureBeyondViewport: true, clip },
    });
    return Buffer.from(data, "base64");
  }

  /** Presses the Tab key. */
  async tab(): Promise<void> {
    for (const type of ["rawKeyDown", "keyUp"]) {
      await this.#send("Input.dispatchKeyEvent", {
        ...{ type, key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 },
      });
    }
  }

  async accessibilityTree(): Promise<readonly AccessibleNode[]> {
    const { nodes } = await this.#send<{ nodes: AccessibleNode[] }>("Accessibility.getFullAXTree");
    return nodes.filter(({ ignored }) => !ignored);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null && this.#process.pid !== undefined) {
      const ended = new Promise((done) => this.#process.once("exit", done));
      // Its other processes end, and stop to write to the profile, only if it ends itself.
      this.#session = undefined;
      void this.#send("Browser.close");
      const timer = setTimeout(() => this.#process.kill("SIGKILL"), CLOSE_MS);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  async #send<T extends object = object>(method: string, params: object = {}): Promise<T> {
    const id = this.#nextId++;
    const answer = new Promise<Message>((done) => this.#pending.set(id, done));
    const sessionId = this.#session === undefined ? {} : { sessionId: this.#session };
    this.#input.write(`${JSON.stringify({ id, method, params, ...sessionId })}\0`);
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }

  #receive({ id, method, ...message }: Message): void {
    if (id !== undefined) {
      this.#pending.get(id)?.(message);
      this.#pending.delete(id);
    }
    const index = this.#events.findIndex((event) => event.method === method);
    if (index >= 0) this.#events.splice(index, 1)[0]?.wake();
  }
}
