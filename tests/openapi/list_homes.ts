// A researcher's program: signs in and lists the homes of a deployment, with types made from the document alone.
import createClient from "openapi-fetch";

import type { paths } from "./api.js";

const [base, email, password] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: `${base}/api/v1` });

const session = await client.POST("/session.signIn", { body: { email, password } });
if (!session.data) throw new Error(session.error.error.message);
const headers = { Authorization: `Bearer ${session.data.token}` };

const deployments = await client.POST("/deployment.list", { body: {}, headers });
if (!deployments.data) throw new Error(deployments.error.error.message);
for (const deployment of deployments.data.items) {
  const homes = await client.POST("/location.list", { body: { deployment: deployment.id }, headers });
  if (!homes.data) throw new Error(homes.error.error.message);
  for (const home of homes.data.items) console.log(`${deployment.name}: ${home.name}, ${home.devices} devices`);
}
const wrong = await client.POST("/location.get", { body: { id: 999_999 }, headers });
console.log(`refused: ${wrong.error?.error.data.code}`);
