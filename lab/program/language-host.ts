import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPluginsResponse,
  type RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";

import { runCommand } from "../process/run-command";
import { readProject } from "./raw-config";

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
      const answer = (error: string) => {
        const response = new RunResponse();
        response.setError(error);
        reply(null, response);
      };
      void runProgram(programFolder, request).then(
        () => {
          answer("");
        },
        (error: unknown) => {
          answer(String(error));
        },
      );
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

/**
 * Runs the program to its end.
 *
 * @throws Error with what it prints if it fails
 */
async function runProgram(folder: string, request: RunRequest): Promise<void> {
  const [engine = ""] = request.getArgsList();
  const flags = {
    ...{ monitor: request.getMonitorAddress(), engine, pwd: folder },
    ...{ organization: request.getOrganization(), project: request.getProject() },
    ...{ stack: request.getStack(), parallel: String(request.getParallel()) },
  };
  // With `--client`, the engine does not pass the options of Pulumi.yaml on.
  const { runtime } = readProject(request.getInfo()?.getRootDirectory() ?? folder);
  const env = {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: "true",
    PULUMI_NODEJS_TSCONFIG_PATH: runtime.options.tsconfig,
  };
  const args = [
    require.resolve("@pulumi/pulumi/cmd/run"),
    ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    ".",
  ];
  await runCommand(process.execPath, args, { env });
}
