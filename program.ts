import { readConfig } from "./config";
import { client } from "./stacks/client";
import { server } from "./stacks/server";

/** The whole program: the stack that the configuration asks for. Its outputs are the stack's outputs. */
export async function program(): Promise<Record<string, unknown>> {
  const config = readConfig();
  return config.role === "server" ? server(config) : client(config);
}
