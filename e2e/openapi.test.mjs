// The description of the API is sound OpenAPI 3.1: it keeps to the specification's own schema, and every reference leads somewhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";

const description = () => JSON.parse(readFileSync(new URL("../docs/openapi.json", import.meta.url), "utf8"));

async function faults(document) {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(document);
  if (!valid) return errors;
  assert.equal(validator.version, "3.1");
  validator.resolveRefs();
  return [];
}

test("docs/openapi.json is sound", async () => {
  assert.deepEqual(await faults(description()), []);
});

test("a description with a slip in it is not", async () => {
  const slipped = description();
  slipped.paths["/health"].get.responses[200].descripton = "It answers";
  delete slipped.paths["/health"].get.responses[200].description;
  assert.notDeepEqual(await faults(slipped), []);
});
