import { ApiError, OPERATIONS, createClient } from "./client.js";
import type { BasicLaunch, ClientConfig, Ops } from "./client.js";

declare const process: { env: Record<string, string> };
const { BASE_URL: serverUrl, API_KEY, TOKEN, WRONG_KEY } = process.env as Record<string, string>;

const body: BasicLaunch = {
  nhnm: "Alex Example",
  nheml: "alex@example.com",
  mgrnm: "Morgan Example",
  mgreml: "morgan@example.com",
  nhstdt: "2027-01-12",
  externalid: "ENB-1",
};

// A client each: `configure` adds a credential to those that are set already.
const client = (auth: NonNullable<ClientConfig["auth"]>) =>
  createClient<Ops>(OPERATIONS, { serverUrl: serverUrl!, auth });

console.log("apiKey", (await client({ apiKey: { apiKey: API_KEY! } }).launchBasicWorkflow({ body })).message);
console.log("bearer", (await client({ bearer: TOKEN! }).launchBasicWorkflowWithToken({ body })).message);
console.log("bare", (await client({ apiKey: { accessToken: TOKEN! } }).launchBasicWorkflowWithToken({ body })).message);
await client({ apiKey: { apiKey: API_KEY! } }).updateWorkflow({ body: { externalid: "ENB-1", nhnm: "Alex Renamed" } });
console.log("update", "ok");
try {
  await client({ apiKey: { apiKey: WRONG_KEY! } }).launchBasicWorkflow({ body });
} catch (error) {
  console.log("refused", error instanceof ApiError ? error.status : error);
}
