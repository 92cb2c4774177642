import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import type { GkeSettings } from "../components/gke/settings";
import type { ObservabilitySettings } from "../components/observability/settings";
import type { ExposedService } from "../components/mtls/exposed-service";
import type { TlsProtocol } from "../components/istio/objects/gateway";
import type { IstioValues } from "../components/istio/istio-values";
import type { CertificateLifetimes } from "../components/pki/lifetimes";
import { checkCommon, checkServer } from "./cross-checks";
import { oneOf } from "./fields";
import { wrongKind } from "./kinds";
import { homePath } from "./kubeconfig";
import { ConfigError, problems } from "./problems";
import { type IstioRevisions, istioRevisions } from "./revisions";
import { clientKeys, commonKeys, serverKeys } from "./schema";

/** A cluster that is there already. */
export interface KubeconfigSource {
  readonly from: "kubeconfig";
  /** Contents or path; a secret wherever it goes. */
  readonly kubeconfig: string;
  readonly context?: string;
}

/** A cluster that the program creates. */
export interface GkeSource {
  readonly from: "gke";
  readonly settings: GkeSettings;
}

/** What both ends are told. */
interface MeshConfig {
  readonly cluster: KubeconfigSource | GkeSource;
  readonly trustDomain: string;
  readonly namespace: string;
  readonly revisions: IstioRevisions;
  readonly values: IstioValues;
  readonly lifetimes: CertificateLifetimes;
  /** Absent where nothing is to collect or show metrics. */
  readonly observability?: ObservabilitySettings;
}

/** A client mesh as the server's configuration has it. */
export type ClientAdmission = z.output<typeof serverKeys.clients>[number];

/** Configuration of the `server` stack. */
export interface ServerConfig extends MeshConfig {
  readonly role: "server";
  readonly minProtocolVersion: TlsProtocol;
  readonly rootCommonName: string;
  readonly protectRoot: boolean;
  readonly services: readonly ExposedService[];
  readonly clients: readonly ClientAdmission[];
  readonly exposure:
    | { readonly type: "LoadBalancer"; readonly sourceRanges: readonly string[] }
    | { readonly type: "NodePort"; readonly nodeAddress: string; readonly nodePort: number };
  readonly sampleService: boolean;
}

/** Configuration of the `client` stack. */
export interface ClientConfig extends MeshConfig {
  readonly role: "client";
  readonly serverStack: string;
  readonly clientName: string;
  readonly hosts: readonly string[];
  readonly intermediateKey: "server" | "client";
  readonly egressGateway: "dedicated" | "shared";
  readonly callers: readonly string[];
  readonly networkPolicy: boolean;
  readonly testPod: boolean;
}

/** All that a stack is told, checked. */
export type Config = ServerConfig | ClientConfig;

/**
 * The stack's configuration, checked as a whole before any resource is registered.
 *
 * @throws ConfigError naming every key that is wrong, its value, and the remedy
 */
export function readConfig(): Config {
  return parseConfig(pulumi.getProject(), pulumi.runtime.allConfig());
}

/**
 * Parses the configuration of `project` as the engine hands it over: every value a text, structured ones in JSON,
 * defaults of Pulumi.yaml filled in.
 *
 * @throws ConfigError as {@link readConfig}
 */
export function parseConfig(project: string, all: Readonly<Record<string, string>>): Config {
  const raw = Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => key.startsWith(`${project}:`))
      .map(([key, value]) => [key.slice(project.length + 1), value]),
  );
  // First of all: which keys the others are depends on it.
  const { role } = checked(project, withRole, raw);
  return role === "client" ? checked(project, client, raw) : checked(project, server, raw);
}

/** @throws ConfigError where `raw` does not fit */
function checked<Value>(project: string, schema: z.ZodType<Value>, raw: unknown): Value {
  const parsed = schema.safeParse(raw, { error: wrongKind });
  if (!parsed.success) throw new ConfigError(problems(project, parsed.error));
  return parsed.data;
}

const role = oneOf("server", "client");
const withRole = z.object({ role });

const server = z
  .strictObject({ role, ...ignored(clientKeys), ...commonKeys, ...serverKeys })
  .superRefine(checkCommon)
  .superRefine(checkServer)
  .transform((raw): ServerConfig => ({
    role: "server",
    ...meshConfig(raw),
    minProtocolVersion: raw.minTlsVersion === "1.3" ? "TLSV1_3" : "TLSV1_2",
    rootCommonName: raw.rootCommonName,
    protectRoot: raw.protectRoot === "onGke" ? raw.cluster === "gke" : raw.protectRoot === "always",
    services: raw.services,
    clients: raw.clients,
    exposure:
      raw.ingressType === "NodePort"
        ? { type: "NodePort", nodeAddress: raw.ingressNodeAddress, nodePort: raw.ingressNodePort }
        : { type: "LoadBalancer", sourceRanges: raw.ingressSourceRanges },
    sampleService: raw.sampleService,
  }));

const client = z
  .strictObject({ role, ...ignored(serverKeys), ...commonKeys, ...clientKeys })
  .superRefine(checkCommon)
  .transform((raw): ClientConfig => ({
    role: "client",
    ...meshConfig(raw),
    serverStack: raw.serverStack,
    clientName: raw.clientName,
    hosts: raw.hosts,
    intermediateKey: raw.intermediateKey,
    egressGateway: raw.egressGateway,
    callers: raw.callers,
    networkPolicy: raw.networkPolicy,
    testPod: raw.testPod,
  }));

/** The other role's keys: Pulumi.yaml gives them to every stack with their defaults, and no one looks at them. */
function ignored(keys: z.ZodRawShape): Record<string, z.ZodType> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, z.unknown()]));
}

function meshConfig(raw: z.output<z.ZodObject<typeof commonKeys>>): MeshConfig {
  return {
    cluster:
      raw.cluster === "gke"
        ? { from: "gke", settings: required(raw.gke) }
        : {
            from: "kubeconfig",
            kubeconfig: homePath(raw.kubeconfig),
            ...(raw.kubeContext !== "" && { context: raw.kubeContext }),
          },
    trustDomain: raw.trustDomain,
    namespace: raw.namespace,
    revisions: istioRevisions(raw),
    values: raw.istioValues as IstioValues,
    lifetimes: raw.certificates,
    ...(raw.observability && { observability: raw.observability }),
  };
}

/** The cross-checks have seen to it. */
function required(settings: GkeSettings | undefined): GkeSettings {
  if (!settings) throw new Error("gke is empty");
  return settings;
}
