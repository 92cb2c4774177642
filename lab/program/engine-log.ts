import { createWriteStream, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";

/** The file that keeps what the engine prints. */
export class EngineLog {
  /** Aborts when it cannot be written any more: what nobody could follow afterwards is not to go on. */
  readonly failed: AbortSignal;
  readonly #stream: WriteStream;

  constructor(file: string) {
    const failure = new AbortController();
    this.failed = failure.signal;
    this.#stream = createWriteStream(file, { flags: "a" });
    this.#stream.on("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "ENOSPC" ? "the disk is full" : error.message;
      failure.abort(
        new Error(`What the engine prints cannot be written to ${dirname(file)}: ${why}`),
      );
    });
  }

  write(text: string): void {
    this.#stream.write(text);
  }

  /** @throws Error that names the folder and the reason, when not all is in it */
  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream).catch(() => undefined);
    this.failed.throwIfAborted();
  }
}
