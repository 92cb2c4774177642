import { lstat, open, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

import type { Artifact } from "../meshes";

/** What a search found and how much it looked at. Never holds anything of a key. */
export interface KeySearch {
  /** One line for each place with a key, and for each artifact that could not be searched. */
  readonly problems: readonly string[];
  readonly files: number;
}

/** What a private key begins with, however it is wrapped, by what to call it. */
const SIGNS: readonly (readonly [sign: Buffer, name: string])[] = [
  [Buffer.from("PRIVATE KEY"), "a PEM key"],
  // A text in base64 looks one of three ways, by where in it the base64 begins.
  ...[0, 1, 2].map((offset): [Buffer, string] => [
    Buffer.from(base64At("PRIVATE KEY", offset)),
    "a PEM key in base64",
  ]),
  // The same key without its first and last line: PKCS #8 and SEC 1 of a P-256 key.
  [Buffer.from("MIGHAgEAMBMGByqGSM49"), "a key's body"],
  [Buffer.from("MHcCAQEEI"), "a key's body"],
];
const LONGEST = Math.max(...SIGNS.map(([sign]) => sign.length));

/** The part of a text's base64 that does not depend on its neighbours, when it begins `offset` bytes into it. */
function base64At(text: string, offset: number): string {
  const encoded = Buffer.from("\0".repeat(offset) + text).toString("base64");
  const bits = (offset + text.length) * 8;
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
}

/** Looks for private keys. An artifact that is missing or empty is a problem: nothing was looked at. */
export async function searchKeys(artifacts: readonly Artifact[]): Promise<KeySearch> {
  const problems: string[] = [];
  let files = 0;
  for (const artifact of artifacts) {
    const { name } = artifact;
    let bytes = 0;
    const note = (place: string, seen: Seen) => {
      bytes += seen.bytes;
      problems.push(...[...seen.names].map((found) => `${place}: ${found}`));
    };
    try {
      if ("text" in artifact) {
        note(name, await signsIn(Readable.from([Buffer.from(artifact.text)])));
      } else {
        for await (const file of filesUnder(artifact.path)) {
          files++;
          const inside = relative(artifact.path, file);
          note(inside === "" ? name : `${name}/${inside}`, await signsIn(contents(file)));
        }
      }
      if (bytes === 0) problems.push(`${name}: there is nothing in it to search`);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { problems, files };
}

interface Seen {
  readonly names: ReadonlySet<string>;
  readonly bytes: number;
}

async function signsIn(chunks: AsyncIterable<unknown>): Promise<Seen> {
  const names = new Set<string>();
  let bytes = 0;
  let tail = Buffer.alloc(0);
  for await (const chunk of chunks) {
    bytes += (chunk as Buffer).length;
    // With the end of what came before: a sign may lie across two chunks.
    const text = Buffer.concat([tail, chunk as Buffer]);
    for (const [sign, name] of SIGNS) if (text.includes(sign)) names.add(name);
    tail = text.subarray(-LONGEST + 1);
  }
  return { names, bytes };
}

/** A file's contents, unpacked where it is packed with gzip, as old state files are. */
async function* contents(file: string): AsyncGenerator {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const packed = bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
    const stream = handle.createReadStream({ start: 0, autoClose: false });
    // Errors of either stream come out where the last one is read.
    yield* packed ? pipeline(stream, createGunzip(), () => undefined) : stream;
  } finally {
    await handle.close();
  }
}

/** Regular files alone: a pipe would never end, and what a link names is searched where it is. */
async function* filesUnder(path: string): AsyncGenerator<string> {
  const stats = await lstat(path);
  if (stats.isFile()) yield path;
  if (!stats.isDirectory()) return;
  for (const entry of await readdir(path)) yield* filesUnder(join(path, entry));
}
