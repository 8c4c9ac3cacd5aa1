import { Configuration, ResponseError, WorkflowsApi } from "./client/index";
import type { BasicLaunch } from "./client/index";

declare const process: { env: Record<string, string> };
const { BASE_URL: basePath, API_KEY, TOKEN, WRONG_KEY } = process.env as { [name: string]: string };

const basicLaunch: BasicLaunch = {
  nhnm: "Alex Example",
  nheml: "alex@example.com",
  mgrnm: "Morgan Example",
  mgreml: "morgan@example.com",
  nhstdt: new Date("2027-01-12"),
  externalid: "ENB-1",
};

// A plain string would go into every header that an apiKey scheme names, `Authorization` too.
const key = (value: string) => ({ apiKey: (header: string) => (header === "apikey" ? value : "") });

async function main() {
  const keyed = new WorkflowsApi(new Configuration({ basePath, ...key(API_KEY!) }));
  console.log("apiKey", (await keyed.launchBasicWorkflow({ basicLaunch })).message);
  // The generated code sends what `accessToken` gives as it is: `Bearer` is the caller's to write.
  const bearer = new WorkflowsApi(new Configuration({ basePath, accessToken: async () => `Bearer ${TOKEN}` }));
  console.log("bearer", (await bearer.launchBasicWorkflowWithToken({ basicLaunch })).message);
  const bare = new WorkflowsApi(new Configuration({ basePath, apiKey: () => TOKEN! }));
  console.log("bare", (await bare.launchBasicWorkflowWithToken({ basicLaunch })).message);
  await keyed.updateWorkflow({ workflowUpdate: { externalid: "ENB-1", nhnm: "Alex Renamed" } });
  console.log("update", "ok");
  try {
    await new WorkflowsApi(new Configuration({ basePath, ...key(WRONG_KEY!) })).launchBasicWorkflow({ basicLaunch });
  } catch (error) {
    console.log("refused", error instanceof ResponseError ? error.response.status : error);
  }
}

main();
