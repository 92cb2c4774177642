import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { copyImageStore } from "../../../../lab/cluster/copy-image-store";

const folder = mkdtempSync(join(tmpdir(), "image-store-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a node's containerd gets its own databases, and links to the layers of the prepared store", () => {
  const database = "io.containerd.metadata.v1.bolt/meta.db";
  const snapshots = "io.containerd.snapshotter.v1.overlayfs/metadata.db";
  const layer = "io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs/program";
  const blob = "io.containerd.content.v1.content/blobs/sha256/abc";
  const prepared = join(folder, "prepared");
  for (const path of [database, snapshots, layer, blob]) {
    mkdirSync(join(prepared, dirname(path)), { recursive: true });
    writeFileSync(join(prepared, path), path);
  }

  const root = join(folder, "root");
  copyImageStore(prepared, root);
  writeFileSync(join(root, database), "changed");
  // As containerd removes a snapshot.
  rmSync(join(root, "io.containerd.snapshotter.v1.overlayfs/snapshots/1"), { recursive: true });

  expect(readFileSync(join(prepared, database), "utf8")).toBe(database);
  expect(readFileSync(join(prepared, layer), "utf8")).toBe(layer);
  expect(readFileSync(join(root, snapshots), "utf8")).toBe(snapshots);
  expect(lstatSync(join(root, blob)).isSymbolicLink()).toBe(true);
});
