// What second readers make of the files named: swagger-parser and Postman's converter of OpenAPI documents, Postman's SDK
// and its transformer of collections, and Bruno's importer of all of them. Prints a line of JSON for each file:
// {file, reader: count of operations (of an environment: of variables), or a fault}.
import { readFileSync } from "node:fs";
import SwaggerParser from "@apidevtools/swagger-parser";
import bruno from "@usebruno/converters";
import converter from "openapi-to-postmanv2";
import postman from "postman-collection";
import transformer from "postman-collection-transformer";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

function requests(collection) {
  let count = 0;
  new postman.Collection(collection).forEachItem((item) => {
    if (!item.request?.url.toString()) throw new Error(`${item.name} has no address`);
    count += 1;
  });
  return count;
}

function leaves(items) {
  return items.reduce((count, { items: inside }) => count + (inside ? leaves(inside) : 1), 0);
}

const readers = {
  async "swagger-parser"(document) {
    const api = await SwaggerParser.validate(structuredClone(document));
    return Object.values(api.paths).flatMap((item) => METHODS.filter((method) => method in item)).length;
  },
  async "openapi-to-postmanv2"(document) {
    const made = await new Promise((resolve, reject) =>
      converter.convertV2({ type: "json", data: structuredClone(document) }, {}, (error, result) =>
        error ? reject(error) : resolve(result)));
    if (!made.result) throw new Error(made.reason);
    return requests(made.output[0].data);
  },
  async "postman-collection"(document) {
    if (document._postman_variable_scope) return new postman.VariableScope(document).values.count();
    return requests(document);
  },
  async "postman-collection-transformer"(document) {
    const old = await new Promise((resolve, reject) =>
      transformer.convert(document, { inputVersion: "2.1.0", outputVersion: "1.0.0" }, (error, result) =>
        error ? reject(error) : resolve(result)));
    return old.requests.length;
  },
  async bruno(document) {
    if (document._postman_variable_scope) {
      const { variables } = await bruno.postmanToBrunoEnvironment(structuredClone(document));
      if (variables.some(({ name }) => !name)) throw new Error(`${document.name} has a variable without a name`);
      return variables.length;
    }
    const read = document.info?.schema ? bruno.postmanToBruno : bruno.openApiToBruno;
    const made = await read(structuredClone(document));
    return leaves((made.collection ?? made).items);
  },
};

function fit(document) {
  if (document.openapi) return ["swagger-parser", "openapi-to-postmanv2", "bruno"];
  if (document._postman_variable_scope) return ["postman-collection", "bruno"];
  return document.swagger ? ["swagger-parser", "bruno"] : ["postman-collection", "postman-collection-transformer", "bruno"];
}

for (const file of process.argv.slice(2)) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  const told = { file };
  for (const name of fit(document)) {
    try {
      told[name] = await readers[name](document);
    } catch (error) {
      told[name] = String(error?.message ?? error);
    }
  }
  console.log(JSON.stringify(told));
}
