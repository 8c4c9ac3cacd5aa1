import createClient from "openapi-fetch";
import type { components, paths } from "./enboarder.js";

declare const process: { env: Record<string, string> };
const { BASE_URL: baseUrl, API_KEY, TOKEN, WRONG_KEY } = process.env as Record<string, string>;

const body: components["schemas"]["BasicLaunch"] = {
  nhnm: "Alex Example",
  nheml: "alex@example.com",
  mgrnm: "Morgan Example",
  mgreml: "morgan@example.com",
  nhstdt: "2027-01-12",
  externalid: "ENB-1",
};

async function launch(name: string, path: "/restapi/v1/startwf/basic" | "/restapi/v2/startwf/basic", headers: Record<string, string>) {
  const { data, error, response } = await createClient<paths>({ baseUrl: baseUrl!, headers }).POST(path, { body });
  console.log(name, error ? response.status : data?.message);
}

await launch("apiKey", "/restapi/v1/startwf/basic", { apikey: API_KEY! });
await launch("bearer", "/restapi/v2/startwf/basic", { Authorization: `Bearer ${TOKEN}` });
await launch("bare", "/restapi/v2/startwf/basic", { Authorization: TOKEN! });
const updated = await createClient<paths>({ baseUrl: baseUrl!, headers: { apikey: API_KEY! } }).PUT("/restapi/v1/updatewf", {
  body: { externalid: "ENB-1", nhnm: "Alex Renamed" },
});
console.log("update", updated.error ? updated.response.status : "ok");
await launch("refused", "/restapi/v1/startwf/basic", { apikey: WRONG_KEY! });

export async function onlyTypeChecked() {
  const client = createClient<paths>();
  // @ts-expect-error a required member is missing
  await client.POST("/restapi/v1/cancelwf", { body: {} });
  // @ts-expect-error the path does not exist
  await client.GET("/restapi/v3/profile");
  // @ts-expect-error a member of the wrong type
  await client.POST("/restapi/v1/startwf/basic", { body: { ...body, nhstdt: 20270112 } });
}
