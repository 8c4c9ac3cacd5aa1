// An authorization server on a free port of loopback, with one resource that its tokens open: `node server.mjs SCOPE...`.
// It reads commands from its input and writes answers, each a line of JSON, and ends when its input does.
import http from "node:http";
import readline from "node:readline";

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
console.info = console.warn = console.error; // the notices of the provider are no answers

// The provider has no clock of its own to set: it asks Date.now().
let ahead = 0;
const now = Date.now.bind(Date);
Date.now = () => now() + ahead;

const { Provider } = await import("oidc-provider");
const kept = new Map();
const lifetimes = new Map();
const issued = new Map();

class Adapter {
  constructor(model) {
    this.model = model;
  }
  async upsert(id, payload) {
    kept.set(`${this.model}:${id}`, payload);
  }
  async find(id) {
    return kept.get(`${this.model}:${id}`);
  }
  async destroy(id) {
    kept.delete(`${this.model}:${id}`);
  }
}

const commands = {
  register({ client_id, client_secret, client_auth, scopes, lifetime }) {
    lifetimes.set(client_id, lifetime);
    kept.set(`Client:${client_id}`, {
      client_id,
      client_secret,
      token_endpoint_auth_method: `client_secret_${client_auth}`,
      grant_types: ["client_credentials"],
      response_types: [],
      redirect_uris: [],
      scope: scopes.join(" "),
    });
  },
  issued: ({ client_id }) => issued.get(client_id) ?? 0,
  pass_time({ seconds }) {
    ahead += seconds * 1000;
  },
};

const [needed, ...others] = process.argv.slice(2); // the scope that opens the resource, and the others there are
const server = http.createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const url = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(url, {
  adapter: Adapter,
  scopes: [needed, ...others],
  clockTolerance: 0,
  routes: { token: "/token", introspection: "/introspection", revocation: "/revocation" },
  ttl: { ClientCredentials: (_, token, client) => lifetimes.get(client.clientId) },
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    devInteractions: { enabled: false },
  },
});
provider.on("grant.success", ({ oidc: { client } }) => {
  issued.set(client.clientId, (issued.get(client.clientId) ?? 0) + 1);
});

async function resource(request, response) {
  const token = await provider.ClientCredentials.find((request.headers.authorization ?? "").replace(/^Bearer /, ""));
  const status = !token ? 401 : token.scopes.has(needed) ? 200 : 403;
  response.writeHead(status, { "Content-Type": "application/json" }).end('{"items": []}');
}

const callback = provider.callback();
server.on("request", (request, response) =>
  request.url === "/reports/v2/forms" ? resource(request, response) : callback(request, response),
);
say(url);
for await (const line of readline.createInterface({ input: process.stdin })) {
  const { command, ...rest } = JSON.parse(line);
  say(commands[command](rest) ?? null);
}
process.exit();
