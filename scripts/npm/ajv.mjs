// Judges files by a JSON Schema with Ajv: the first argument is the schema, the others are the files.
// Prints a line of JSON for each file: {file, problems: JSON Pointers of what breaks the schema}.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const [schema, ...files] = process.argv.slice(2);
const ajv = new Ajv({ allErrors: true, strictTypes: false });
addFormats(ajv);
const isValid = ajv.compile(read(schema));

for (const file of files) {
  const problems = isValid(read(file)) ? [] : isValid.errors.map((error) => error.instancePath);
  console.log(JSON.stringify({ file, problems: [...new Set(problems)] }));
}
