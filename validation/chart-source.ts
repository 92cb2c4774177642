import { string } from "./fields";

const URL_SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** Where a Helm chart comes from: a repository, an OCI registry or a folder. */
export const chartSource = string(
  (value) => isFolder(value) || isRemote(value),
  "a chart source",
  "name a repository (https://…), a registry (oci://…) or a folder",
);

/** Whether a chart source is a folder. */
export function isFolder(source: string): boolean {
  return source !== "" && !URL_SCHEME.test(source);
}

function isRemote(source: string): boolean {
  const scheme = URL_SCHEME.exec(source)?.[1];
  return ["https", "http", "oci"].includes(scheme ?? "") && URL.canParse(source);
}
