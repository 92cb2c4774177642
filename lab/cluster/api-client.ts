import { Agent, request } from "node:https";

/** The few calls that the lab itself makes to an API server, with a user's token. */
export class ApiClient {
  readonly #server: string;
  readonly #token: string;
  readonly #agent: Agent;

  constructor(server: string, caPem: string, token: string) {
    this.#server = server;
    this.#token = token;
    this.#agent = new Agent({ ca: caPem, keepAlive: true });
  }

  /** The body of a GET; throws when the answer is not 200. */
  get(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = request(
        this.#server + path,
        { agent: this.#agent, headers: { authorization: `Bearer ${this.#token}` }, timeout: 5000 },
        (response) => {
          let body = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => (body += chunk));
          response.on("error", reject);
          response.on("end", () => {
            if (response.statusCode === 200) resolve(body);
            else reject(new Error(`GET ${path}: ${response.statusCode ?? "?"} ${body}`));
          });
        },
      );
      call.on("timeout", () => call.destroy(new Error(`GET ${path}: no answer`)));
      call.on("error", reject);
      call.end();
    });
  }

  async getJson<T>(path: string): Promise<T> {
    return JSON.parse(await this.get(path)) as T;
  }

  close(): void {
    this.#agent.destroy();
  }
}
