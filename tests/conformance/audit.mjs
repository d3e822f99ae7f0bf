// The audits of GraphQL over HTTP: prints each that is not met, and how many there were.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2], fetchFn: fetch });
const unmet = results.filter(({ status }) => status !== "ok").map(({ id, status, name, reason }) => ({ id, status, name, reason }));
console.log(JSON.stringify({ count: results.length, unmet }));
