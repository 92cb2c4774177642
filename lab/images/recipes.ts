import { join } from "node:path";

import { IPTABLES_COMMANDS, SHELL_COMMANDS } from "./host-commands";
import { IMAGES } from "./references";

/** A container image that the lab builds from its own programs and from commands of this machine. */
export interface ImageRecipe {
  /** The reference that pods use. */
  readonly reference: string;
  readonly entrypoint?: string;
  readonly cmd?: string;
  /** User and group of the first process, as numbers. */
  readonly user?: string;
  /** Paths on this machine, by their absolute paths in the image. */
  readonly files?: Readonly<Record<string, string>>;
  /** Commands of this machine. The image also has the libraries that they need. */
  readonly commands?: readonly string[];
}

export interface ImageSources {
  /** Folder of the built programs, which need no libraries. */
  readonly bin: string;
  readonly envoy: string;
  /** Istio's template of Envoy's bootstrap configuration. */
  readonly envoyBootstrap: string;
}

const NONROOT = "65532:65532";

/** Lists how to build each image. Entry points, users and paths are those of the images' Dockerfiles. */
export function listRecipes({ bin, envoy, envoyBootstrap }: ImageSources): ImageRecipe[] {
  return [
    {
      reference: IMAGES.pause,
      entrypoint: "/usr/bin/sleep",
      cmd: "infinity",
      user: "65535:65535",
      commands: ["sleep"],
    },
    {
      reference: IMAGES.proxy,
      entrypoint: "/usr/local/bin/pilot-agent",
      commands: [...SHELL_COMMANDS, "curl", ...IPTABLES_COMMANDS],
      files: {
        "/usr/local/bin/pilot-agent": join(bin, "pilot-agent"),
        "/usr/local/bin/envoy": envoy,
        "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json": envoyBootstrap,
      },
    },
    {
      reference: IMAGES.pilot,
      entrypoint: "/usr/local/bin/pilot-discovery",
      user: "1337:1337",
      files: { "/usr/local/bin/pilot-discovery": join(bin, "pilot-discovery") },
    },
    {
      reference: IMAGES.httpbin,
      entrypoint: "/bin/go-httpbin",
      user: NONROOT,
      files: { "/bin/go-httpbin": join(bin, "go-httpbin") },
    },
    {
      reference: IMAGES.coredns,
      entrypoint: "/coredns",
      user: NONROOT,
      files: { "/coredns": join(bin, "coredns") },
    },
    {
      reference: IMAGES.curl,
      cmd: "curl",
      user: "100:101",
      commands: [...SHELL_COMMANDS, "curl"],
    },
  ];
}
