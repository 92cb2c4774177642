import { lstat, open, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

import type { Artifact } from "../meshes";

/** What a search for private keys found. Never contains a part of a key. */
export interface KeySearch {
  /** One line for each place with a key, and for each artifact that could not be searched. */
  readonly problems: readonly string[];
  /** Number of files searched. */
  readonly files: number;
}

/** How a private key looks in different encodings, and what to call each. */
const PATTERNS: readonly (readonly [bytes: Buffer, name: string])[] = [
  [Buffer.from("PRIVATE KEY"), "a PEM key"],
  // Base64 of the same text has three forms, which depend on where the text starts.
  ...[0, 1, 2].map((offset): [Buffer, string] => [
    Buffer.from(base64At("PRIVATE KEY", offset)),
    "a PEM key in base64",
  ]),
  // A P-256 key without its PEM header: PKCS #8 and SEC 1.
  [Buffer.from("MIGHAgEAMBMGByqGSM49"), "the body of a key"],
  [Buffer.from("MHcCAQEEI"), "the body of a key"],
];
const MAX_LENGTH = Math.max(...PATTERNS.map(([bytes]) => bytes.length));

/** The part of a string's base64 that does not depend on what surrounds it, when the string starts at `offset` bytes. */
function base64At(text: string, offset: number): string {
  const encoded = Buffer.from("\0".repeat(offset) + text).toString("base64");
  const bits = (offset + text.length) * 8;
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
}

/** Searches for private keys. A missing or empty artifact is a problem, because nothing was searched. */
export async function searchForKeys(artifacts: readonly Artifact[]): Promise<KeySearch> {
  const problems: string[] = [];
  let files = 0;
  for (const artifact of artifacts) {
    const { name } = artifact;
    let bytes = 0;
    const add = (place: string, found: Found) => {
      bytes += found.bytes;
      problems.push(...[...found.names].map((key) => `${place}: ${key}`));
    };
    try {
      if ("text" in artifact) {
        add(name, await searchStream(Readable.from([Buffer.from(artifact.text)])));
      } else {
        for await (const file of filesUnder(artifact.path)) {
          files++;
          const inside = relative(artifact.path, file);
          add(inside === "" ? name : `${name}/${inside}`, await searchStream(readFile(file)));
        }
      }
      if (bytes === 0) problems.push(`${name}: is empty, so nothing was searched`);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { problems, files };
}

interface Found {
  readonly names: ReadonlySet<string>;
  readonly bytes: number;
}

async function searchStream(chunks: AsyncIterable<unknown>): Promise<Found> {
  const names = new Set<string>();
  let bytes = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of chunks) {
    bytes += (chunk as Buffer).length;
    // Keep the end of the previous chunk: a pattern may lie across two chunks.
    const text = Buffer.concat([tail, chunk as Buffer]);
    for (const [pattern, name] of PATTERNS) if (text.includes(pattern)) names.add(name);
    tail = text.subarray(-MAX_LENGTH + 1);
  }
  return { names, bytes };
}

/** Reads a file. Unpacks gzip, because Pulumi's older state files are packed. */
async function* readFile(file: string): AsyncGenerator {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const isGzip = bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
    const stream = handle.createReadStream({ start: 0, autoClose: false });
    // The loop that reads the last stream gets the errors of both.
    yield* isGzip ? pipeline(stream, createGunzip(), () => undefined) : stream;
  } finally {
    await handle.close();
  }
}

/** Regular files only: reading a pipe never ends, and a link may lead in a circle. */
async function* filesUnder(path: string): AsyncGenerator<string> {
  const stats = await lstat(path);
  if (stats.isFile()) yield path;
  if (!stats.isDirectory()) return;
  for (const entry of await readdir(path)) yield* filesUnder(join(path, entry));
}
