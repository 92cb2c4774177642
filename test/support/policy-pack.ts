import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import type { Resource } from "../../policy/rule";

/** What the engine sends for a string that is unknown during a preview: `UnknownStringValue` of its plugin protocol. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A violation that the pack reports for a resource or a stack. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
  readonly level: "mandatory" | "advisory";
}

/** A running policy pack, served in the same way as for `pulumi preview --policy-pack policy`. */
export class ServedPack implements AsyncDisposable {
  readonly #client: AnalyzerClient;
  readonly #stop: () => Promise<void>;

  /** Names of the rules. */
  public readonly rules: readonly string[];

  private constructor(client: AnalyzerClient, stop: () => Promise<void>, rules: string[]) {
    this.#client = client;
    this.#stop = stop;
    this.rules = rules;
  }

  /** Starts the pack in the same way as Pulumi's language host for Node.js, and configures its rules with their defaults. */
  public static async start(): Promise<ServedPack> {
    const pack = spawn(
      process.execPath,
      [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:0", "."],
      { cwd: path.resolve("policy"), stdio: ["ignore", "pipe", "inherit"] },
    );
    const ended = once(pack, "exit");
    const first = await Promise.race([
      once(createInterface(pack.stdout), "line"),
      ended.then(() => ["nothing"]),
    ]);
    const port = String(first[0]);
    if (!/^\d+$/.test(port))
      throw new Error(`the policy pack must print its port (got "${port}"): see its error output`);
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const stop = async () => {
      client.close();
      pack.kill();
      await ended;
    };
    const info = await call<proto.AnalyzerInfo>((done) =>
      client.getAnalyzerInfo(new Empty(), done),
    );
    await call((done) => client.configure(defaults(info), done));
    const rules = info.getPoliciesList().map((policy) => policy.getName());
    return new ServedPack(client, stop, rules);
  }

  /** Reports the violations in a stack of these resources: of each resource, and of the stack. */
  public async violations(resources: readonly Resource[]): Promise<Violation[]> {
    const each = await Promise.all(
      resources.map((resource) => {
        const request = new proto.AnalyzeRequest()
          .setType(resource.type)
          .setProperties(properties(resource))
          .setOptions(options(resource));
        return call<proto.AnalyzeResponse>((done) => this.#client.analyze(request, done));
      }),
    );
    const stack = new proto.AnalyzeStackRequest().setResourcesList(
      resources.map((resource, index) =>
        new proto.AnalyzerResource()
          .setType(resource.type)
          .setUrn(`urn:pulumi:test::istio-mtls::${resource.type}::${index}`)
          .setProperties(properties(resource))
          .setOptions(options(resource)),
      ),
    );
    const together = await call<proto.AnalyzeResponse>((done) =>
      this.#client.analyzeStack(stack, done),
    );
    return [...each, together].flatMap((response) => response.getDiagnosticsList().map(violation));
  }

  public async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}

/** Builds the configuration with the default settings of each rule, as the engine does. */
function defaults(info: proto.AnalyzerInfo): proto.ConfigureAnalyzerRequest {
  const request = new proto.ConfigureAnalyzerRequest();
  for (const policy of info.getPoliciesList()) {
    const schema = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
    const values = Object.entries(schema).map(([key, value]): [string, JavaScriptValue] => [
      key,
      (value as { default: JavaScriptValue }).default,
    ]);
    request
      .getPolicyconfigMap()
      .set(
        policy.getName(),
        new proto.PolicyConfig()
          .setEnforcementlevel(policy.getEnforcementlevel())
          .setProperties(Struct.fromJavaScript(Object.fromEntries(values))),
      );
  }
  return request;
}

function properties({ props }: Resource): Struct {
  // JSON leaves out undefined values, as the engine does.
  return Struct.fromJavaScript(
    JSON.parse(JSON.stringify(props)) as Record<string, JavaScriptValue>,
  );
}

function options({ secretOutputs = [] }: Resource): proto.AnalyzerResourceOptions {
  return new proto.AnalyzerResourceOptions().setAdditionalsecretoutputsList([...secretOutputs]);
}

function violation(diagnostic: proto.AnalyzeDiagnostic): Violation {
  return {
    rule: diagnostic.getPolicyname(),
    message: diagnostic.getMessage(),
    level:
      diagnostic.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY
        ? "mandatory"
        : "advisory",
  };
}

function call<Response>(
  method: (done: (error: Error | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    method((error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
}
