import { ApiError, configure, launchBasicWorkflow, launchBasicWorkflowOAuth } from "./client.js";
import type { BasicLaunch } from "./client.js";

declare const process: { env: Record<string, string> };
const { BASE_URL: serverUrl, API_KEY, TOKEN, WRONG_KEY } = process.env as Record<string, string>;

const body: BasicLaunch = {
  nhnm: "Alex Example",
  nheml: "alex@example.com",
  mgrnm: "Morgan Example",
  mgreml: "morgan@example.com",
  nhstdt: "2027-01-12",
};

configure({ serverUrl: serverUrl!, auth: { apiKey: { apiKey: API_KEY! } } });
console.log("apiKey", (await launchBasicWorkflow({ body })).message);
configure({ auth: { bearer: TOKEN! } });
console.log("bearer", (await launchBasicWorkflowOAuth({ body })).message);
configure({ auth: { apiKey: { accessToken: TOKEN! } } });
console.log("bare", (await launchBasicWorkflowOAuth({ body })).message);
configure({ auth: { apiKey: { apiKey: WRONG_KEY! } } });
try {
  await launchBasicWorkflow({ body });
} catch (error) {
  console.log("refused", error instanceof ApiError ? error.status : error);
}
