import { load } from "js-yaml";
import { readFileSync, statSync } from "node:fs";
import type { z } from "zod";

import { expandHome } from "../../validation/home";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ClusterValues } from "../cluster-source";

type KubeconfigValues = Pick<ClusterValues, "kubeconfig" | "kubeContext">;

/** Reports a kubeconfig that cannot be used. It holds credentials, so a message shows it only when it is a path. */
export function checkKubeconfig(
  { kubeconfig, kubeContext }: KubeconfigValues,
  context: z.RefinementCtx,
): void {
  if (kubeconfig === undefined) {
    report(context, {
      path: ["kubeconfig"],
      message:
        'is missing with cluster "kubeconfig": set it to a path, or to the contents with `pulumi config set --secret kubeconfig`',
    });
    return;
  }
  const file = readFile(expandHome(kubeconfig));
  const contexts = contextNames(file ?? kubeconfig);
  if (!contexts) {
    const value = gotPath(kubeconfig);
    report(context, {
      path: ["kubeconfig"],
      message:
        file === undefined
          ? `must be the path or the contents of a kubeconfig ${value}: it is not a file that can be read, and it lists no clusters`
          : `must be the path or the contents of a kubeconfig ${value}: the file lists no clusters, use another one such as ~/.kube/config`,
    });
  } else if (kubeContext !== undefined && !contexts.includes(kubeContext)) {
    report(context, {
      path: ["kubeContext"],
      message: `must be a context of the kubeconfig ${got(kubeContext)}: use one that \`kubectl config get-contexts\` lists, or leave it empty for the current context`,
    });
  }
}

/** The contents of a file; `undefined` for a folder, or when there is no such file. */
function readFile(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** The names of a kubeconfig's contexts; `undefined` when the text is not a kubeconfig. */
function contextNames(text: string): readonly unknown[] | undefined {
  const { clusters, contexts } = parseYaml(text) as { clusters?: unknown; contexts?: unknown };
  if (!Array.isArray(clusters)) return undefined;
  return Array.isArray(contexts)
    ? contexts.map((each: { readonly name?: unknown } | null) => each?.name)
    : [];
}

function parseYaml(text: string): object {
  try {
    // With `json`, the last of two equal keys wins, as in Kubernetes clients.
    const value = load(text, { json: true });
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** `(got VALUE)` only for what looks like a path. Anything else may be a credential. */
function gotPath(value: string): string {
  return /^[~./\w-]+$/.test(value) ? got(value) : "(value not shown)";
}
