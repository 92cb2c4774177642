import * as pulumi from "@pulumi/pulumi";
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";

/** Options of a recorded resource that reach the engine; without those that are not set. */
export interface RecordedOptions {
  /** Name of the parent, unless it is the stack. */
  readonly parent?: string;
  /** Names of the resources that the engine creates before this one, from `dependsOn` and from its inputs. Sorted. */
  readonly dependsOn?: readonly string[];
  /** Name of the provider, unless it is the default one. */
  readonly provider?: string;
  /** ID of an object that the program reads and does not manage. */
  readonly readId?: string;
  readonly protect?: true;
  readonly deleteBeforeReplace?: true;
  readonly retainOnDelete?: true;
  /** Name of the resource whose deletion also deletes this one. */
  readonly deletedWith?: string;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  /** Names of the inputs that contain a secret, at any depth. */
  readonly secretInputs?: readonly string[];
}

/** What the program asks the engine for. */
export type Request = RegisterResourceRequest | ReadResourceRequest;

/** Reads the options of a registration. */
export function readOptions(
  request: Request | undefined,
  inputs: Record<string, unknown>,
): RecordedOptions {
  if (!request) return {};
  const parent = request.getParent();
  const dependsOn = [...new Set(request.getDependenciesList().map(parseName))].sort();
  const provider = readProviderUrn(request);
  const common = {
    ...(parent !== "" &&
      !parent.includes("::pulumi:pulumi:Stack::") && { parent: parseName(parent) }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(provider !== "" && { provider: parseName(provider) }),
  };
  if (isRead(request)) return { ...common, readId: request.getId() };
  const deletedWith = request.getDeletedwith();
  const ignoreChanges = request.getIgnorechangesList();
  const replaceOnChanges = request.getReplaceonchangesList();
  const additionalSecretOutputs = request.getAdditionalsecretoutputsList();
  const secretInputs = Object.keys(inputs).filter((key) => hasSecret(inputs[key]));
  return {
    ...common,
    ...(request.getProtect() && { protect: true }),
    ...(request.getDeletebeforereplace() && { deleteBeforeReplace: true }),
    ...(request.getRetainondelete() && { retainOnDelete: true }),
    ...(deletedWith !== "" && { deletedWith: parseName(deletedWith) }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    ...(replaceOnChanges.length > 0 && { replaceOnChanges }),
    ...(additionalSecretOutputs.length > 0 && { additionalSecretOutputs }),
    ...(secretInputs.length > 0 && { secretInputs }),
  };
}

/** Lists the URNs of the resources that the engine deletes only after this one. */
export function listOutlivers(request: Request | undefined): string[] {
  if (!request) return [];
  return [
    request.getParent(),
    readProviderUrn(request),
    ...(isRead(request) ? [] : [request.getDeletedwith()]),
    ...request.getDependenciesList(),
  ].filter((urn) => urn !== "");
}

function isRead(request: Request): request is ReadResourceRequest {
  return "getId" in request;
}

/** Reads the URN of the provider; the request has its URN and its ID. */
function readProviderUrn(request: Request): string {
  const provider = request.getProvider();
  return provider.slice(0, Math.max(0, provider.lastIndexOf("::")));
}

/** Parses the logical name from a URN. */
function parseName(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function hasSecret(value: unknown): boolean {
  if (pulumi.runtime.isRpcSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasSecret);
}

/** Replaces each secret by its value. */
export function openSecrets(value: unknown): unknown {
  if (pulumi.runtime.isRpcSecret(value)) return openSecrets(pulumi.runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(openSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, openSecrets(v)]));
}
