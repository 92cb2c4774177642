import { Agent, request } from "node:https";

/** A Kubernetes object, and its path on the API server. */
export interface Manifest {
  readonly path: string;
  readonly object: object;
}

/** A client for the few calls that the lab makes to an API server, with a user's token. */
export class ApiClient {
  readonly #server: string;
  readonly #token: string;
  readonly #agent: Agent;

  constructor(server: string, caPem: string, token: string) {
    this.#server = server;
    this.#token = token;
    this.#agent = new Agent({ ca: caPem, keepAlive: true });
  }

  /** @throws Error if the status is not 200 or 201 */
  get(path: string): Promise<string> {
    return this.#call("GET", path);
  }

  /** Applies an object with Server-Side Apply. */
  async apply({ path, object }: Manifest): Promise<void> {
    await this.#call("PATCH", `${path}?fieldManager=lab&force=true`, JSON.stringify(object));
  }

  #call(method: string, path: string, body?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        // JSON is also YAML, and for apply the API server accepts only the name of the latter.
        ...(body !== undefined && { "content-type": "application/apply-patch+yaml" }),
      };
      const options = { method, agent: this.#agent, headers, timeout: 5000 };
      const call = request(this.#server + path, options, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () => {
          const { statusCode = 0 } = response;
          if (statusCode === 200 || statusCode === 201) resolve(text);
          else reject(new Error(`${method} ${path}: ${statusCode} ${text}`));
        });
      });
      call.on("timeout", () =>
        call.destroy(new Error(`${method} ${path}: no response within 5 s`)),
      );
      call.on("error", reject);
      call.end(body);
    });
  }

  async getJson<T>(path: string): Promise<T> {
    return JSON.parse(await this.get(path)) as T;
  }

  close(): void {
    this.#agent.destroy();
  }
}
