import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPluginsResponse,
  type RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { load } from "js-yaml";

import { runCommand } from "../process/run-command";

/** A language host that runs. */
export interface LanguageHost {
  /** Value of Pulumi's flag `--client`. */
  readonly address: string;
  stop(): void;
}

type Reply<Response> = grpc.sendUnaryData<Response>;

/**
 * Starts what `pulumi up` starts programs with: it runs `@pulumi/pulumi/cmd/run` in a new process, which loads the folder's
 * program with the options of Pulumi.yaml. Pulumi's own, `pulumi-language-nodejs`, is not on the Go module proxy.
 */
export async function startLanguageHost(programFolder: string): Promise<LanguageHost> {
  const server = new grpc.Server();
  server.addService(LanguageRuntimeService, {
    getRequiredPlugins: (_: unknown, reply: Reply<GetRequiredPluginsResponse>) => {
      reply(null, new GetRequiredPluginsResponse());
    },
    getPluginInfo: (_: unknown, reply: Reply<PluginInfo>) => {
      reply(null, new PluginInfo());
    },
    run: ({ request }: { request: RunRequest }, reply: Reply<RunResponse>) => {
      void runProgram(programFolder, request).then((error) => {
        const response = new RunResponse();
        response.setError(error);
        reply(null, response);
      });
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.forceShutdown();
    },
  };
}

/** Runs the program to its end. Returns what it prints if it fails, else an empty string. */
async function runProgram(folder: string, request: RunRequest): Promise<string> {
  const [engine = ""] = request.getArgsList();
  const flags = {
    ...{ monitor: request.getMonitorAddress(), engine, pwd: folder },
    ...{ organization: request.getOrganization(), project: request.getProject() },
    ...{ stack: request.getStack(), parallel: String(request.getParallel()) },
  };
  const tsconfig = await readTsconfigOption(request.getInfo()?.getRootDirectory() ?? folder);
  const env = {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: "true",
    ...(tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
  const args = [
    require.resolve("@pulumi/pulumi/cmd/run"),
    ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ".",
  ];
  return runCommand(process.execPath, args, { env }).then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

interface PulumiProject {
  readonly runtime: string | { readonly options?: { readonly tsconfig?: string } };
}

/** Reads an option of Pulumi.yaml. With `--client`, the engine does not pass it on. */
async function readTsconfigOption(projectFolder: string): Promise<string | undefined> {
  const { runtime } = load(
    await readFile(join(projectFolder, "Pulumi.yaml"), "utf8"),
  ) as PulumiProject;
  return typeof runtime === "string" ? undefined : runtime.options?.tsconfig;
}
