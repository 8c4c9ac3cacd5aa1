import { createClient, createConfig } from "./client/client";
import { launchBasicWorkflow, launchBasicWorkflowWithToken, updateWorkflow } from "./client/sdk.gen";
import type { BasicLaunch } from "./client/types.gen";

declare const process: { env: Record<string, string> };
const { BASE_URL: baseUrl, API_KEY, TOKEN, WRONG_KEY } = process.env as { [name: string]: string };

const body: BasicLaunch = {
  nhnm: "Alex Example",
  nheml: "alex@example.com",
  mgrnm: "Morgan Example",
  mgreml: "morgan@example.com",
  nhstdt: "2027-01-12",
  externalid: "ENB-1",
};

// `auth` is asked for each scheme of an operation in turn; the first that has a value is sent.
const keyed = (key: string) => createClient(createConfig({ baseUrl, auth: (scheme) => (scheme.name === "apikey" ? key : undefined) }));
const bearer = createClient(createConfig({ baseUrl, auth: (scheme) => (scheme.scheme === "bearer" ? TOKEN : undefined) }));
const bare = createClient(createConfig({ baseUrl, auth: (scheme) => (scheme.type === "apiKey" ? TOKEN : undefined) }));

async function main() {
  const client = keyed(API_KEY!);
  // zod refuses this body before anything is sent.
  await launchBasicWorkflow({ client, body: { ...body, nhstdt: "tomorrow" }, throwOnError: true }).then(
    () => console.log("a wrong date was accepted"),
    () => undefined,
  );
  console.log("apiKey", (await launchBasicWorkflow({ client, body })).data?.message);
  console.log("bearer", (await launchBasicWorkflowWithToken({ client: bearer, body })).data?.message);
  console.log("bare", (await launchBasicWorkflowWithToken({ client: bare, body })).data?.message);
  const changed = await updateWorkflow({ client, body: { externalid: "ENB-1", nhnm: "Alex Renamed" } });
  console.log("update", changed.error ? changed.error : "ok");
  const refused = await launchBasicWorkflow({ client: keyed(WRONG_KEY!), body });
  console.log("refused", refused.response?.status);
  const channel = await updateWorkflow({ client, body: { externalid: "ENB-1", chnl: "eml" } });
  console.log("enum", channel.error ? channel.error : "ok");
}

main();
