import { Agent, request } from "node:https";

/** An object of Kubernetes, and the path of its own at the API server. */
export interface Manifest {
  readonly path: string;
  readonly object: object;
}

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
    return this.#call("GET", path);
  }

  /** Server-side apply of an object; its path is that of a GET of it. */
  async apply({ path, object }: Manifest): Promise<void> {
    await this.#call("PATCH", `${path}?fieldManager=lab&force=true`, JSON.stringify(object));
  }

  #call(method: string, path: string, body?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${this.#token}`,
        // JSON is YAML; for apply, the API server knows the latter name only.
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
      call.on("timeout", () => call.destroy(new Error(`${method} ${path}: no answer`)));
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
