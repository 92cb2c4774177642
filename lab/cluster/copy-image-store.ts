import { copyFileSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const CONTENT = "io.containerd.content.v1.content/blobs/sha256";
const METADATA = "io.containerd.metadata.v1.bolt";
const SNAPSHOTTER = "io.containerd.snapshotter.v1.overlayfs";

/**
 * Gives a containerd a root folder with all images of a prepared one. Databases are copied; layers are symbolic links,
 * because containerd only reads them: what containers write is on its own file system.
 */
export function copyImageStore(prepared: string, root: string): void {
  const makeFolder = (place: string) =>
    mkdirSync(join(root, place), { recursive: true, mode: 0o711 });
  const copy = (place: string) => {
    copyFileSync(join(prepared, place), join(root, place));
  };
  const link = (place: string) => {
    makeFolder(place);
    for (const name of readdirSync(join(prepared, place))) {
      symlinkSync(join(prepared, place, name), join(root, place, name));
    }
  };
  makeFolder(METADATA);
  copy(join(METADATA, "meta.db"));
  link(CONTENT);
  link(join(SNAPSHOTTER, "snapshots"));
  copy(join(SNAPSHOTTER, "metadata.db"));
}
