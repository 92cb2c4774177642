import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";

import { load } from "js-yaml";
import type { z } from "zod";

import { complain } from "./complain";

interface Settings {
  readonly cluster: "gke" | "kubeconfig";
  readonly kubeconfig: string;
  readonly kubeContext: string;
}

/** A path as people write it, with `~` for their home. */
export function homePath(path: string): string {
  return path.replace(/^~(?=\/)/, homedir());
}

/** What is wrong with the way to a cluster that is there. A kubeconfig holds credentials: no message shows any of it. */
export function checkKubeconfig(settings: Settings, context: z.RefinementCtx): void {
  if (settings.cluster === "gke") checkUnset(settings, context);
  else if (settings.kubeconfig === "") {
    complain(
      context,
      ["kubeconfig"],
      'is empty: with cluster "kubeconfig", set it to a path, or to the contents with `pulumi config set --secret kubeconfig`',
    );
  } else checkContents(settings, context);
}

function checkUnset({ kubeconfig, kubeContext }: Settings, context: z.RefinementCtx): void {
  const noEffect = 'has no effect with cluster "gke": remove it, or set cluster to "kubeconfig"';
  if (kubeconfig !== "") complain(context, ["kubeconfig"], noEffect);
  if (kubeContext !== "") complain(context, ["kubeContext"], `"${kubeContext}" ${noEffect}`);
}

function checkContents({ kubeconfig, kubeContext }: Settings, context: z.RefinementCtx): void {
  const file = fileContents(homePath(kubeconfig));
  const contexts = contextNames(file ?? kubeconfig);
  if (!contexts) {
    const value = looksLikePath(kubeconfig) ? `"${kubeconfig}"` : "the value";
    complain(
      context,
      ["kubeconfig"],
      file === undefined
        ? `${value} is neither a kubeconfig nor a file that can be read: set it to a path, or to the contents`
        : `${value} is a file, but no kubeconfig: name one that lists clusters, such as ~/.kube/config`,
    );
  } else if (kubeContext !== "" && !contexts.includes(kubeContext)) {
    complain(
      context,
      ["kubeContext"],
      `"${kubeContext}" is no context of the kubeconfig: set it to one that \`kubectl config get-contexts\` lists, or leave it empty for the current one`,
    );
  }
}

/** What a file holds; nothing for a folder, or where there is no file. */
function fileContents(path: string): string | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** Names of the contexts of a kubeconfig (YAML, of which JSON is a part); nothing where the text is none. */
function contextNames(text: string): readonly unknown[] | undefined {
  const { clusters, contexts } = parsed(text) as { clusters?: unknown; contexts?: unknown };
  if (!Array.isArray(clusters)) return undefined;
  return Array.isArray(contexts)
    ? contexts.map((each: { readonly name?: unknown } | null) => each?.name)
    : [];
}

function parsed(text: string): object {
  try {
    // As Kubernetes' clients read it: of a key that is there twice, the last one counts.
    const value = load(text, { json: true });
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Short, and in letters of paths: what else it may be could hold credentials. */
function looksLikePath(value: string): boolean {
  return /^[~./\w-]{1,200}$/.test(value) && (value.includes("/") || value.length < 40);
}
